import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { accountOf, ask, eventually, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { emailOf, mailbox, mailIn, messageOf, writeMail } from '../support/mail.ts';
import { addPhone, fault } from '../support/phones.ts';
import { errorOf, sendText, whenMessage } from '../support/sends.ts';
import { bring } from '../support/media.ts';

const cloud = await testCloud();
const [nile] = cloud.access.organizations as [Organization];
const account = accountOf(nile, 'email');

suite('email', () => {
  after(() => cloud.close());

  test('a mail is a message, and the answer to it joins its thread at both ends', async () => {
    const mona = await addPhone(cloud, 'email', 'mona.1@customers.example');
    const first = await writeMail(cloud, account, mona, { text: 'Where is my order?', subject: 'Order 17' });
    const row = await messageOf(cloud, nile, first);
    assert.deepEqual([row['type'], row['direction'], row['message']], ['email', 'INBOUND', 'Where is my order?']);
    assert.equal(emailOf(row).subject, 'Order 17');
    assert.match(await (await fetch(emailOf(row).original?.url ?? '')).text(), /^Subject: Order 17/m);
    const sent = await send(mona.address, 'It left today.');
    assert.deepEqual([emailOf(sent).subject, sent['reply_to_id'], sent['type']], ['Re: Order 17', row.id, 'email']);
    assert.equal(sent['conversation_id'], row['conversation_id']);
    const settled = await whenMessage(cloud, nile, sent, 'SENT');
    const [, answer] = await mailbox(cloud, account, mona);
    assert.deepEqual([answer?.text, answer?.mail.subject, answer?.mail.html], ['It left today.', 'Re: Order 17', true]);
    assert.equal(answer?.mail.headers['in-reply-to'], `<${first}>`);
    assert.equal(settled['provider_message_id'], answer?.id);
    const second = await messageOf(cloud, nile, await writeMail(cloud, account, mona, { text: 'Thanks!' }));
    assert.deepEqual([second['reply_to_id'], second['conversation_id']], [sent.id, row['conversation_id']]);
  });

  test('files, pictures inside and HTML are there at once', async () => {
    await mailIn(cloud, {
      from: 'Omar <files@customers.example>',
      to: account.external_id,
      messageId: '<files-1@x>',
      subject: 'صور',
      text: 'See\n\nOn Fri, Nov 20, 2026 at 10:12 AM Nile <support@nile.example> wrote:\n> Send us a picture',
      html: '<p dir="rtl">انظر <img src="cid:pic@x"><script>alert(1)</script></p>',
      attachments: [
        {
          filename: 'pic.png',
          cid: 'pic@x',
          content: Buffer.from(
            'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
            'base64',
          ),
        },
        { filename: 'فاتورة.pdf', content: '%PDF-1.4\n' },
      ],
    });
    const row = await messageOf(cloud, nile, 'files-1@x');
    const email = emailOf(row);
    assert.deepEqual([row['message'], email.subject], ['See', 'صور']);
    assert.match(email.quoted ?? '', /> Send us a picture$/);
    assert.equal(
      await (await fetch(email.html?.url ?? '')).text(),
      '<p dir="rtl">انظر <img alt="" data-cid="pic@x" /></p>',
    );
    assert.deepEqual(
      email.attachments.map(({ filename, mime, content_id, status }) => [filename, mime, content_id, status]),
      [
        ['pic.png', 'image/png', 'pic@x', 'ready'],
        ['فاتورة.pdf', 'application/pdf', null, 'ready'],
      ],
    );
    assert.equal(await (await fetch(email.attachments[1]?.url ?? '')).text(), '%PDF-1.4\n');
    const looked = await eventually('the look at the picture', async () => {
      const [picture] = emailOf(await messageOf(cloud, nile, 'files-1@x')).attachments;
      return picture?.thumbnail_url ? picture : undefined;
    });
    assert.deepEqual([looked.width, looked.height, looked.content_id], [1, 1, 'pic@x']);
    assert.equal((await fetch(looked.thumbnail_url ?? '')).headers.get('content-type'), 'image/jpeg');
  });

  test('a send has a subject, HTML, copies and files', async () => {
    const mona = await addPhone(cloud, 'email', 'mona.2@customers.example');
    const upload = await bring(cloud, nile, 'terms.txt', Buffer.from('The terms'), 'text/plain');
    const sent = await send(mona.address, '', {
      subject: 'عرض',
      html: '<h1>Sale</h1><p>Half price</p>',
      cc: ['Omar.Copy@customers.example'],
      attachments: [{ upload_id: upload, filename: 'terms and conditions.txt' }],
    });
    assert.deepEqual([sent['message'], emailOf(sent).subject, sent['reply_to_id']], ['Sale\nHalf price', 'عرض', null]);
    await whenMessage(cloud, nile, sent, 'SENT');
    const [mail] = await mailbox(cloud, account, mona);
    assert.deepEqual(
      [mail?.mail.subject, mail?.mail.html, mail?.mail.headers['cc']],
      ['عرض', true, 'omar.copy@customers.example'],
    );
    assert.deepEqual(
      mail?.mail.attachments.map(({ filename, size }) => [filename, size]),
      [['terms and conditions.txt', 9]],
    );
  });

  test('a file alone is a mail too, and what can not be sent is refused by name', async () => {
    const mona = await addPhone(cloud, 'email', 'mona.3@customers.example');
    const upload_id = await bring(cloud, nile, 'menu.pdf', Buffer.from('%PDF-1.4\n'), 'application/pdf');
    const sent = await whenMessage(cloud, nile, await send(mona.address, '', { upload_id }), 'SENT');
    assert.equal(emailOf(sent).attachments[0]?.filename, 'menu.pdf');
    const [mail] = await mailbox(cloud, account, mona);
    assert.deepEqual([mail?.mail.subject, mail?.mail.attachments[0]?.filename], ['Nile Coffee', 'menu.pdf']);
    for (const [body, status, words] of [
      [{ to: 'nobody', message: 'x' }, 422, /'to'/],
      [{ to: mona.address, message: 'x', subject: 'a\r\nBcc: x@y.example' }, 422, /subject/],
      [{ to: mona.address, message: 'x', cc: ['nobody'] }, 422, /cc\[0\]/],
      [{ to: mona.address, message: 'x', attachments: [{ filename: 'x' }] }, 400, /'attachments.0'/],
      [{ to: mona.address, message: 'x', attachments: [{ upload_id: 'upl_x' }] }, 404, /upload_id/],
    ] as const) {
      const answer = await ask(cloud, nile, '/functions/v1/email-send', body);
      assert.equal(answer.status, status, JSON.stringify(answer.body));
      assert.match(String(answer.body['error']), words);
    }
    const place = await send(mona.address, '', { location: { latitude: 1, longitude: 2, name: 'Our shop' } });
    assert.deepEqual([place['type'], emailOf(place).subject], ['email', 'Re: Nile Coffee']);
    assert.match(String(place['message']), /Our shop/);
    const elsewhere = await ask(cloud, nile, '/functions/v1/telegram-send', {
      to: '700000001',
      message: 'x',
      subject: 's',
    });
    assert.deepEqual([elsewhere.status, elsewhere.body['details']], [422, 'subject']);
  });

  test('the link in a mail to many shows a page, and a click, or a program, ends it', async () => {
    const mona = await addPhone(cloud, 'email', 'mona.5@customers.example');
    await whenMessage(cloud, nile, await send(mona.address, 'News', { options: { list_unsubscribe: true } }), 'SENT');
    const [mail] = await mailbox(cloud, account, mona);
    const url = /^<(.*)>$/.exec(mail?.mail.headers['list-unsubscribe'] ?? '')?.[1] ?? '';
    assert.equal(mail?.mail.headers['list-unsubscribe-post'], 'List-Unsubscribe=One-Click');
    const page = await fetch(url);
    assert.deepEqual([page.status, page.headers.get('content-type')], [200, 'text/html; charset=utf-8']);
    assert.match(await page.text(), /lang="ar" dir="rtl">إيقاف هذه الرسائل؟.*<form method="post">/);
    assert.equal(
      (await ask(cloud, nile, '/functions/v1/email-send', { to: mona.address, message: 'Still there' })).status,
      200,
    );
    assert.equal((await fetch(url.replace(/.{4}$/, '0000'), { method: 'POST' })).status, 401);
    const click = { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) };
    const done = await fetch(url, click);
    assert.equal(done.status, 200);
    assert.match(await done.text(), /no more of these emails.*lang="ar" dir="rtl">تم/);
    const refused = await ask(cloud, nile, '/functions/v1/email-send', { to: mona.address, message: 'x' });
    assert.ok(refused.status >= 400 && refused.status < 500, String(refused.status));
  });

  test('a lost answer is not sent again', async () => {
    const mona = await addPhone(cloud, 'email', 'mona.6@customers.example');
    await fault(cloud, 'email', { lose_answer: true });
    const lost = await whenMessage(cloud, nile, await send(mona.address, 'Lost'), (row) => row['error'] !== null);
    assert.deepEqual([lost['status'], errorOf(lost)['class']], ['PENDING', 'unknown_outcome']);
    await delay(500);
    assert.equal((await mailbox(cloud, account, mona)).length, 1);
    // the customer's answer says that it arrived: nobody has to send it again
    const answer = await messageOf(cloud, nile, await writeMail(cloud, account, mona, { text: 'I have it' }));
    assert.equal(answer['conversation_id'], lost['conversation_id']);
  });
});

function send(to: string, message: string, more: object = {}): Promise<Row> {
  return sendText(cloud, nile, { channel: 'email', to, message, ...more });
}
