import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { after, suite, test } from 'node:test';
import { ListQueuesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { accountOf, ask, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { emailOf, mailIn, messageOf, plainMail } from '../support/mail.ts';
import { failedAt } from '../support/table.ts';
import { addPhone } from '../support/phones.ts';
import { errorOf, historyOf, sendText, whenMessage } from '../support/sends.ts';

const cloud = await testCloud();
const [nile] = cloud.access.organizations as [Organization];
const account = accountOf(nile, 'email');

suite('what is told of mail that was sent', () => {
  after(() => cloud.close());

  test('a refused address fails at once; a bounce fails it afterwards, and says whether anybody is there', async () => {
    const refused = await whenMessage(cloud, nile, await send('nobody.1@elsewhere.example', 'Hi'), 'FAILED');
    assert.deepEqual(historyOf(refused), ['PENDING', 'FAILED']);
    assert.deepEqual([errorOf(refused)['code'], errorOf(refused)['provider_code']], ['no_such_address', '550 5.1.1']);
    // the bounce may be quicker than the sender writes that the mail was taken
    const gone = await whenMessage(
      cloud,
      nile,
      await send('gone.1@elsewhere.example', 'Hi'),
      (row) => row['status'] === 'FAILED' && historyOf(row).includes('SENT'),
    );
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

  test('an address whose mail has come back five times in a row, over five days, counts as gone until somebody writes from it', async () => {
    const to = 'full.2@elsewhere.example';
    const back = async () => whenMessage(cloud, nile, await send(to, 'Hi'), 'FAILED');
    const [first] = [await back(), await back(), await back(), await back()];
    await cloud.drain();
    const again = { to, message: 'Again' };
    assert.equal(
      (await ask(cloud, nile, '/functions/v1/email-send', again)).status,
      200,
      'five in one day are no more',
    );
    await cloud.drain();
    await failedAt(cloud, first, Date.now() - 6 * 86_400_000);
    await back();
    await cloud.drain();
    const refused = await ask(cloud, nile, '/functions/v1/email-send', again);
    assert.deepEqual([refused.status, refused.body['code']], [422, 'gone']);
    const raw = plainMail({ from: to, to: account.external_id, subject: 'Me', id: 'full-2@x', text: 'Here I am' });
    await mailIn(cloud, { envelope: { from: to, to: [account.external_id] }, raw });
    await messageOf(cloud, nile, 'full-2@x');
    await cloud.drain();
    await back();
    await cloud.drain();
    assert.equal((await ask(cloud, nile, '/functions/v1/email-send', again)).status, 200);
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
});

function send(to: string, message: string, more: object = {}): Promise<Row> {
  return sendText(cloud, nile, { channel: 'email', to, message, ...more });
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
