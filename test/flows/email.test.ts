import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { after, suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { ListQueuesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { accountOf, ask, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { emailOf, mailbox, mailIn, messageOf, messagesOf, plainMail, writeMail } from '../support/mail.ts';
import { addPhone, fault } from '../support/phones.ts';
import { historyOf, sendText, whenMessage } from '../support/sends.ts';

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

  test('the same mail by the webhook, again, and by SES is one message', async () => {
    const from = 'twice@customers.example';
    const raw = plainMail({
      from,
      to: account.external_id,
      subject: 'Twice',
      id: 'twice-1@customers.example',
      text: 'Once',
    });
    const phone = await addPhone(cloud, 'email', from);
    await mailIn(cloud, { envelope: { from, to: account.external_id }, raw });
    for (let count = 0; count < 2; count++)
      await writeMail(cloud, account, phone, { body: { type: 'raw', message: { raw } } });
    await cloud.drain();
    assert.equal((await messagesOf(cloud, nile, 'twice-1@customers.example')).length, 1);
    const original = emailOf(await messageOf(cloud, nile, 'twice-1@customers.example')).original;
    assert.equal(await (await fetch(original?.url ?? '')).text(), raw);
  });

  test('a webhook takes a raw mail, at the address of the channel too, and nothing that is not signed', async () => {
    const raw = plainMail({
      from: 'raw@customers.example',
      to: account.external_id,
      subject: 'Raw',
      id: 'raw-1@x',
      text: 'مرحبا',
    });
    const url = `${cloud.access.url}/functions/v1/email-webhook`;
    const envelope = {
      'Content-Type': 'message/rfc822',
      'X-Envelope-From': 'raw@customers.example',
      'X-Envelope-To': account.external_id,
    };
    assert.equal((await fetch(url, { method: 'POST', headers: envelope, body: raw })).status, 401);
    assert.equal(
      (await fetch(url, { method: 'POST', headers: { ...envelope, ...signature(raw, 600) }, body: raw })).status,
      401,
    );
    assert.equal(
      (await fetch(url, { method: 'POST', headers: { ...envelope, ...signature(raw) }, body: raw })).status,
      200,
    );
    assert.equal((await messageOf(cloud, nile, 'raw-1@x'))['message'], 'مرحبا');
  });

  test('a mail that is larger than a webhook may be is put into the bucket first, and told of', async () => {
    const text = 'ع'.repeat(2_500_000);
    const raw = plainMail({
      from: 'large@customers.example',
      to: account.external_id,
      subject: 'L',
      id: 'large-1@x',
      text,
    });
    const upload_id = await brought('mail.eml', 'message/rfc822', raw);
    const tell = async (told: object) => {
      const body = JSON.stringify({
        envelope: { from: 'large@customers.example', to: [account.external_id] },
        ...told,
      });
      const headers = { 'Content-Type': 'application/json', ...signature(body) };
      const answer = await fetch(`${cloud.access.url}/functions/v1/email-webhook/${account.id}`, {
        method: 'POST',
        headers,
        body,
      });
      return { status: answer.status, body: await answer.json() };
    };
    assert.equal((await tell({ raw: Buffer.from(raw).toString('base64') })).status, 413);
    assert.deepEqual(await tell({ upload_id }), { status: 200, body: { success: true, applied: 1, quarantined: 0 } });
    const row = await messageOf(cloud, nile, 'large-1@x');
    assert.equal(emailOf(row).original?.size, Buffer.byteLength(raw));
    const missing = await tell({ upload_id: upload_id.replace(/.$/, (last) => (last === '0' ? '1' : '0')) });
    assert.deepEqual(missing, { status: 200, body: { success: true, applied: 0, quarantined: 1 } });
    assert.equal((await tell({ upload_id })).status, 200);
    await cloud.drain();
    assert.equal((await messagesOf(cloud, nile, 'large-1@x')).length, 1);
  });

  test('a mailbox that forwards to the address of the account brings its mail', async () => {
    const raw = plainMail({
      from: 'fwd@customers.example',
      to: 'old-box@nile.example',
      subject: 'To the old box',
      id: 'fwd-1@x',
      text: 'Hi',
    });
    await mailIn(cloud, { envelope: { from: 'fwd@customers.example', to: account.inbound_address }, raw });
    assert.equal((await messageOf(cloud, nile, 'fwd-1@x'))['message'], 'Hi');
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
    const upload = await brought('terms.txt', 'text/plain', 'The terms');
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
    const upload_id = await brought('menu.pdf', 'application/pdf', '%PDF-1.4\n');
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

  test('a refused address fails at once; a bounce fails it afterwards, and says whether anybody is there', async () => {
    const refused = await whenMessage(cloud, nile, await send('nobody.1@elsewhere.example', 'Hi'), 'FAILED');
    assert.deepEqual(historyOf(refused), ['PENDING', 'FAILED']);
    assert.deepEqual([errorOf(refused)['code'], errorOf(refused)['provider_code']], ['no_such_address', '550 5.1.1']);
    const gone = await whenMessage(cloud, nile, await send('gone.1@elsewhere.example', 'Hi'), 'FAILED');
    assert.deepEqual(historyOf(gone), ['PENDING', 'SENT', 'FAILED']);
    assert.deepEqual(
      [errorOf(gone)['class'], errorOf(gone)['code'], errorOf(gone)['provider_code']],
      ['recipient_unavailable', 'no_such_address', '5.1.1'],
    );
    await cloud.drain();
    const again = await ask(cloud, nile, '/functions/v1/email-send', {
      to: 'gone.1@elsewhere.example',
      message: 'Again',
    });
    assert.ok(again.status >= 400 && again.status < 500, `a gone address is refused: ${again.status}`);
    const full = await whenMessage(cloud, nile, await send('full.1@elsewhere.example', 'Hi'), 'FAILED');
    assert.equal(errorOf(full)['code'], 'mailbox_full');
    await cloud.drain();
    assert.equal(
      (await ask(cloud, nile, '/functions/v1/email-send', { to: 'full.1@elsewhere.example', message: 'x' })).status,
      200,
    );
    assert.deepEqual(
      await rows(cloud, nile, 'messages?direction=eq.INBOUND&message=like.*could not be delivered*'),
      [],
    );
  });

  test("a bounce that is about nothing of ours changes nothing, and is somebody's mail", async () => {
    const raw = plainMail({
      from: 'MAILER-DAEMON@evil.example',
      to: account.external_id,
      subject: 'Undelivered',
      id: 'forged-1@x',
      text: 'Final-Recipient: rfc822;mona.1@customers.example\nAction: failed\nStatus: 5.1.1\n\nMessage-ID: <made-up@x>',
    });
    await mailIn(cloud, { envelope: { from: false, to: [account.external_id] }, raw });
    assert.equal(emailOf(await messageOf(cloud, nile, 'forged-1@x')).automatic, true);
    assert.equal(
      (await ask(cloud, nile, '/functions/v1/email-send', { to: 'mona.1@customers.example', message: 'x' })).status,
      200,
    );
  });

  test("SES's feedback is news of the message too", async () => {
    const mona = await addPhone(cloud, 'email', 'mona.4@customers.example');
    const sent = await whenMessage(cloud, nile, await send(mona.address, 'Hi'), 'SENT');
    const mail = {
      source: account.external_id,
      messageId: 'ses-1',
      headers: [{ name: 'Message-ID', value: `<${String(sent['provider_message_id'])}>` }],
    };
    await told({ notificationType: 'Delivery', mail, delivery: { recipients: [mona.address] } });
    await whenMessage(cloud, nile, sent, 'DELIVERED');
    await told({
      notificationType: 'Complaint',
      mail,
      complaint: { complainedRecipients: [{ emailAddress: mona.address }] },
    });
    await cloud.drain();
    const again = await ask(cloud, nile, '/functions/v1/email-send', { to: mona.address, message: 'x' });
    assert.ok(again.status >= 400 && again.status < 500, `who complained is not written to: ${again.status}`);
  });

  test('the link in a mail to many shows a page, and a click, or a program, ends it', async () => {
    const mona = await addPhone(cloud, 'email', 'mona.5@customers.example');
    await whenMessage(cloud, nile, await send(mona.address, 'News', { options: { list_unsubscribe: true } }), 'SENT');
    const [mail] = await mailbox(cloud, account, mona);
    const url = /^<(.*)>$/.exec(mail?.mail.headers['list-unsubscribe'] ?? '')?.[1] ?? '';
    assert.equal(mail?.mail.headers['list-unsubscribe-post'], 'List-Unsubscribe=One-Click');
    const page = await fetch(url);
    assert.deepEqual([page.status, page.headers.get('content-type')], [200, 'text/html; charset=utf-8']);
    assert.match(await page.text(), /<form method="post">/);
    assert.equal(
      (await ask(cloud, nile, '/functions/v1/email-send', { to: mona.address, message: 'Still there' })).status,
      200,
    );
    assert.equal((await fetch(url.replace(/.{4}$/, '0000'), { method: 'POST' })).status, 401);
    const click = { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) };
    assert.equal((await fetch(url, click)).status, 200);
    const refused = await ask(cloud, nile, '/functions/v1/email-send', { to: mona.address, message: 'x' });
    assert.ok(refused.status >= 400 && refused.status < 500, String(refused.status));
  });

  test('mail with a virus is set aside, spam and forgery are marked, mail for nobody is nobody’s', async () => {
    const mail = (id: string, header: string) =>
      mailIn(cloud, {
        envelope: { from: 'x@customers.example', to: account.external_id },
        raw: plainMail({
          from: 'x@customers.example',
          to: account.external_id,
          subject: id,
          id: `${id}@x`,
          text: id,
          headers: [header],
        }),
      });
    await mail('virus', 'X-Pretend-Virus: yes');
    await mail('spam', 'X-Pretend-Spam: yes');
    await mail('forged', 'X-Pretend-Dmarc: fail');
    await mailIn(cloud, {
      envelope: { from: 'x@y.example', to: 'stranger@nile.example' },
      raw: plainMail({ from: 'x@y.example', to: 'stranger@nile.example', subject: 's', id: 'stranger@x', text: 't' }),
    });
    assert.equal(emailOf(await messageOf(cloud, nile, 'spam@x')).suspect, 'spam');
    assert.equal(emailOf(await messageOf(cloud, nile, 'forged@x')).suspect, 'forged');
    await cloud.drain();
    assert.deepEqual([await messagesOf(cloud, nile, 'virus@x'), await messagesOf(cloud, nile, 'stranger@x')], [[], []]);
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

function errorOf(row: Row): Row {
  return row['error'] as Row;
}

function signature(body: string, age = 0): Record<string, string> {
  const time = Math.floor(Date.now() / 1000) - age;
  const proof = createHmac('sha256', account.webhook_secret).update(`${time}.${body}`).digest('hex');
  return { 'X-Parley-Signature': `t=${time},v1=${proof}` };
}

/** A file put into the bucket for a message, as the inbox does it. */
async function brought(filename: string, mime: string, content: string): Promise<string> {
  const size = Buffer.byteLength(content);
  const { body } = await ask(cloud, nile, '/rest/v1/rpc/create_upload', { filename, mime, size });
  const { url, headers, upload_id } = body as unknown as {
    url: string;
    headers: Record<string, string>;
    upload_id: string;
  };
  const put = await fetch(url, { method: 'PUT', headers, body: content });
  assert.ok(put.ok, await put.text());
  return upload_id;
}

/** What SES's topic tells the mail queue. */
async function told(notification: unknown): Promise<void> {
  const { buckets } = JSON.parse(readFileSync(join(cloud.data, 'ports.json'), 'utf8')) as { buckets: number };
  const endpoint = `http://127.0.0.1:${buckets}`;
  const sqs = new SQSClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  const QueueUrl = QueueUrls.find((url) => /MailMailsQueue/.test(url));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(notification) }));
  sqs.destroy();
}
