import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { bounceBytes, bounces, returnPath, sentId } from '../channels/mail/bounces.ts';
import { accountOf, ask, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { messageOf, mailIn, plainMail } from '../support/mail.ts';
import { addPhone, requestsOf } from '../support/phones.ts';
import { historyOf, sendText, whenMessage } from '../support/sends.ts';

const cloud = await testCloud();
const [nile] = cloud.access.organizations as [Organization];
const account = accountOf(nile, 'email');

suite('bounces of real mail servers', () => {
  before(async () => {
    const { cert: ca } = JSON.parse(readFileSync(join(cloud.data, 'mail-certificate.json'), 'utf8')) as {
      cert: string;
    };
    const { user, password, webhook_secret, inbound_address } = account;
    const credentials = { user, password, webhook_secret, inbound_address, ca, bounce_address: account.external_id };
    const path = `/rest/v1/channel_accounts?id=eq.${account.id}`;
    const changed = await ask(cloud, nile, path, { credentials }, { method: 'PATCH' });
    assert.equal(changed.status, 204, JSON.stringify(changed.body));
  });
  after(() => cloud.close());

  for (const [name, expected] of Object.entries(bounces)) {
    const byReturnPath = name === 'postfix-two-servers-on-renamed';
    test(`${name} ${expected ? `fails its message: ${expected.code}` : 'leaves its message as it is'}`, async () => {
      const { sent, from } = await send(`${name}@customers.example`);
      const id = String(sent['provider_message_id']);
      const raw = Buffer.from(bounceBytes(name)).toString('latin1').replaceAll(sentId, id).replaceAll(returnPath, from);
      await mailIn(cloud, {
        envelope: { from: false, to: [byReturnPath ? from : account.external_id] },
        raw: Buffer.from(raw, 'latin1'),
      });
      if (!expected) {
        await cloud.drain();
        return assert.deepEqual(await statusOf(sent), 'SENT');
      }
      const failed = await whenMessage(cloud, nile, sent, 'FAILED');
      const { class: kind, code, provider_code } = failed['error'] as Row;
      assert.deepEqual([kind, code, provider_code], [expected.class, expected.code, expected.providerCode]);
      assert.deepEqual(historyOf(failed), ['PENDING', 'SENT', 'FAILED']);
      await cloud.drain();
      const again = await ask(cloud, nile, '/functions/v1/email-send', {
        to: `${name}@customers.example`,
        message: 'x',
      });
      assert.equal(again.status === 200, expected.gone === undefined, JSON.stringify(again.body));
    });
  }

  test('none of them is shown as a mail', async () => {
    assert.deepEqual(await rows(cloud, nile, 'messages?direction=eq.INBOUND&created_at=gt.2026-01-01'), []);
  });

  test('who is away and answers to the return path is in the conversation, and fails nothing', async () => {
    const { sent, from } = await send('away@customers.example');
    const raw = plainMail({
      from: 'away@customers.example',
      to: from,
      subject: 'رد تلقائي: خارج المكتب',
      id: 'away-1@customers.example',
      text: 'I am back on 5.1.2027, room 550 - call me',
      headers: ['Auto-Submitted: auto-replied'],
    });
    await mailIn(cloud, { envelope: { from: false, to: [from] }, raw });
    const row = await messageOf(cloud, nile, 'away-1@customers.example');
    assert.deepEqual([row['conversation_id'], await statusOf(sent)], [sent['conversation_id'], 'SENT']);
  });

  test('a return path that is made up, or of another account, fails nothing', async () => {
    const { sent, from } = await send('forged@customers.example');
    const forged = from.replace(/.(?=@)/, (last) => (last === '0' ? '1' : '0'));
    const raw = Buffer.from(bounceBytes('postfix-two-servers-on-renamed'));
    await mailIn(cloud, { envelope: { from: false, to: [forged] }, raw });
    const foreign = accountOf(cloud.access.organizations[1], 'email');
    const elsewhere = from.replace(account.external_id.split('@')[1] ?? '', foreign.external_id.split('@')[1] ?? '');
    await mailIn(cloud, { envelope: { from: false, to: [elsewhere] }, raw });
    await cloud.drain();
    assert.equal(await statusOf(sent), 'SENT');
  });
});

/** A mail that arrived, and the address that reports of it go to. */
async function send(to: string): Promise<{ sent: Row; from: string }> {
  const phone = await addPhone(cloud, 'email', to);
  const row = await sendText(cloud, nile, { channel: 'email', to: phone.address, message: 'Hi', subject: 'Order 17' });
  const sent = await whenMessage(cloud, nile, row, 'SENT');
  const handed = (await requestsOf(cloud, 'email')).map(({ body }) => body as { from: string; to: string[] });
  const from = handed.findLast((mail) => mail.to.includes(to))?.from ?? '';
  assert.match(from, /^support\+[0-9a-z]{47}@nile\.example$/);
  return { sent, from };
}

async function statusOf({ id }: Row): Promise<unknown> {
  return (await rows(cloud, nile, `messages?id=eq.${id}`))[0]?.['status'];
}
