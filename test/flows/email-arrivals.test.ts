import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, suite, test } from 'node:test';
import { accountOf, testCloud } from '../support/cloud.ts';
import type { Organization } from '../support/cloud.ts';
import { emailOf, mailIn, messageOf, messagesOf, plainMail, writeMail } from '../support/mail.ts';
import { addPhone } from '../support/phones.ts';
import { bring } from '../support/media.ts';

const cloud = await testCloud();
const [nile] = cloud.access.organizations as [Organization];
const account = accountOf(nile, 'email');

suite('how mail arrives', () => {
  after(() => cloud.close());

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
    const upload_id = await bring(cloud, nile, 'mail.eml', Buffer.from(raw), 'message/rfc822');
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
});

function signature(body: string, age = 0): Record<string, string> {
  const time = Math.floor(Date.now() / 1000) - age;
  const proof = createHmac('sha256', account.webhook_secret).update(`${time}.${body}`).digest('hex');
  return { 'X-Parley-Signature': `t=${time},v1=${proof}` };
}
