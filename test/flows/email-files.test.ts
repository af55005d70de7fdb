import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization } from '../support/cloud.ts';
import { emailOf, mailbox, mailIn, messageOf, plainMail } from '../support/mail.ts';
import { bring } from '../support/media.ts';
import { addPhone } from '../support/phones.ts';
import { sendText, whenMessage } from '../support/sends.ts';

const cloud = await testCloud();
const [nile] = cloud.access.organizations as [Organization];
const account = accountOf(nile, 'email');
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

suite('files of mail', () => {
  after(() => cloud.close());

  test('are of the type that their bytes say, whatever the mail calls them', async () => {
    const octets = 'application/octet-stream';
    await mailIn(cloud, {
      from: 'omar@customers.example',
      to: account.external_id,
      messageId: '<types-1@x>',
      subject: 'Types',
      text: 'See',
      attachments: [
        { filename: 'photo', contentType: octets, content: PNG },
        { filename: 'page.png', contentType: 'image/png', content: '<html><script>alert(1)</script></html>' },
        { filename: 'list.csv', contentType: octets, content: 'a,b\n1,2\n' },
        { filename: 'invite.ics', contentType: 'text/calendar; method=REQUEST', content: 'BEGIN:VCALENDAR\r\n' },
        {
          filename: 'forwarded.eml',
          contentType: 'message/rfc822',
          content: plainMail({ from: 'a@x.example', to: 'b@x.example', subject: 's', id: 'in@x', text: 'w' }),
        },
        { filename: 'page.html', contentType: 'text/html', content: '<h1>x</h1>' },
        { filename: 'nothing.bin', contentType: 'application/x-unknown', content: Buffer.from([0, 255, 0, 254]) },
      ],
    });
    const { attachments, html } = emailOf(await messageOf(cloud, nile, 'types-1@x'));
    assert.deepEqual(
      attachments.map(({ filename, mime }) => [filename, mime]),
      [
        ['photo', 'image/png'],
        ['page.png', 'text/plain'],
        ['list.csv', 'text/csv'],
        ['invite.ics', 'text/calendar'],
        ['forwarded.eml', 'message/rfc822'],
        ['page.html', 'text/plain'],
        ['nothing.bin', octets],
      ],
    );
    assert.equal(html, null);
    const disguised = await fetch(attachments[1]?.url ?? '');
    assert.match(disguised.headers.get('content-disposition') ?? '', /^attachment/);
    await eventually('the look at the picture', async () => {
      const [picture] = emailOf(await messageOf(cloud, nile, 'types-1@x')).attachments;
      return picture?.thumbnail_url ?? undefined;
    });
  });

  test('have a thumbnail in what we send, too, which waits for none', async () => {
    const mona = await addPhone(cloud, 'email', 'mona.files@customers.example');
    const upload = await bring(cloud, nile, 'menu.png', PNG);
    const more = { attachments: [{ upload_id: upload }], subject: 'Menu' };
    const sent = await sendText(cloud, nile, { channel: 'email', to: mona.address, message: 'See', ...more });
    await whenMessage(cloud, nile, sent, 'SENT');
    const picture = await eventually('the thumbnail of what was sent', async () => {
      const [row] = await rows(cloud, nile, `messages?id=eq.${sent.id}`);
      const [file] = row ? emailOf(row).attachments : [];
      return file?.thumbnail_url ? file : undefined;
    });
    assert.deepEqual([picture.width, picture.height, picture.filename], [1, 1, 'menu.png']);
    await cloud.drain();
    const mails = await mailbox(cloud, account, mona);
    assert.deepEqual(
      mails.map(({ mail }) => mail.attachments.map(({ mime }) => mime)),
      [['image/png']],
    );
  });
});
