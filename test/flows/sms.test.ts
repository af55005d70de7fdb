import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { accountOf, ask, control, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { listen } from '../support/live.ts';
import { addPhone, clearFaults, fault, requestsOf, thread } from '../support/phones.ts';
import { historyOf, sendText, whenMessage } from '../support/sends.ts';
import { askedFor, arrived, detailOf } from '../support/sms.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const account = accountOf(nile, 'sms');
const notify = nile.channel_accounts.find((one) => one.channel === 'sms' && one.kind === 'notify');

suite('SMS', () => {
  after(() => cloud.close());

  test('a text arrives, and its report makes it DELIVERED', async () => {
    const phone = await addPhone(cloud, 'sms', '+201000300001');
    const sent = await send(phone.address, 'طلبك جاهز');
    assert.equal(sent['status'], 'PENDING');
    const row = await arrived(cloud, nile, sent);
    assert.deepEqual(historyOf(row), ['PENDING', 'SENT', 'DELIVERED']);
    const asked = await askedFor(cloud, phone.address);
    assert.deepEqual([asked.length, asked[0]?.body['SMSLang']], [1, 'A']);
    assert.equal(row['provider_message_id'], asked[0]?.body['SMSID']);
  });

  test('what can not be delivered is FAILED, with the reason', async () => {
    const sent = await send('+20225550000', 'Hello');
    // the report may be quicker than the answer to the send
    const row = await whenMessage(
      cloud,
      nile,
      sent,
      (one) => historyOf(one).includes('SENT') && one['status'] === 'FAILED',
    );
    assert.deepEqual(historyOf(row).toSorted(), ['FAILED', 'PENDING', 'SENT']);
    assert.equal((row['error'] as Row)['class'], 'recipient_unavailable');
  });

  test('the report settles a send whose answer was lost; it is not sent again', async () => {
    const phone = await addPhone(cloud, 'sms', '+201000300003');
    await fault(cloud, 'sms', { lose_answer: true });
    const row = await whenMessage(cloud, nile, await send(phone.address, 'Lost and found'), 'DELIVERED');
    assert.equal((await askedFor(cloud, phone.address)).length, 1);
    assert.equal(row['error'], null);
    assert.equal((await thread(cloud, account, phone)).length, 1);
  });

  test('-10 is taken and never sent again; other codes are refusals', async () => {
    const phone = await addPhone(cloud, 'sms', '+201000300004');
    await fault(cloud, 'sms', { code: -10 });
    await whenMessage(cloud, nile, await send(phone.address, 'Queued'), 'SENT');
    await fault(cloud, 'sms', { code: -5 });
    const row = await whenMessage(cloud, nile, await send(phone.address, 'No credit'), 'FAILED');
    const error = row['error'] as Row;
    assert.deepEqual([error['class'], error['provider_code']], ['account_restricted', '-5']);
    assert.equal((await askedFor(cloud, phone.address)).length, 2);
  });

  test('typographic signs become plain ones, and the row says what the message came to', async () => {
    const phone = await addPhone(cloud, 'sms', '+201000300011');
    const row = await arrived(cloud, nile, await send(phone.address, 'It’s “ready”…'));
    assert.equal(row['message'], 'It’s “ready”…');
    assert.equal((await thread(cloud, account, phone))[0]?.text, 'It\'s "ready"...');
    assert.equal(detailOf(row), '1 segment, GSM-7, with plain signs for typographic ones');
    const asked = await send(phone.address, 'It’s “ready”…', { options: { smart_encoding: false } });
    const other = await arrived(cloud, nile, asked);
    assert.equal((await thread(cloud, account, phone))[1]?.text, 'It’s “ready”…');
    assert.equal(detailOf(other), '1 segment, UCS-2');
    assert.deepEqual(other['options'], { smart_encoding: false });
    const refused = await ask(cloud, nile, '/functions/v1/sms-send', {
      to: phone.address,
      message: 'x',
      options: { encoding: 'utf8' },
    });
    assert.equal(refused.status, 400);
    assert.match(String(refused.body['error']), /options.encoding.*one of auto, gsm, unicode/);
  });

  test('an account says what credit is left', async () => {
    const path = `sms/accounts/${encodeURIComponent(account.external_id)}/credit`;
    await control(cloud, path, 'POST', { credit: 4321 });
    const tested = await ask(cloud, nile, '/rest/v1/rpc/test_channel_account', { id: account.id });
    assert.deepEqual([tested.status, tested.body['ok'], tested.body['facts']], [200, true, { credit: '4321' }]);
  });

  test('a report counts only at the address we gave out, by POST as well', async () => {
    const phone = await addPhone(cloud, 'sms', '+201000300005');
    await fault(cloud, 'sms', { hold_receipts: true });
    const sent = await whenMessage(cloud, nile, await send(phone.address, 'Held'), 'SENT');
    const [asked] = await askedFor(cloud, phone.address);
    const url = new URL(String(asked?.body['DLRURL']));
    const forged = new URL(url);
    forged.searchParams.set('k', '0'.repeat(64));
    for (const method of ['GET', 'POST'])
      assert.equal((await fetch(`${forged.href}&Status=UNDELIV`, { method })).status, 401);
    const other = await addPhone(cloud, 'sms', '+201000300006');
    const second = await whenMessage(cloud, nile, await send(other.address, 'Held too'), 'SENT');
    const [first] = await askedFor(cloud, other.address);
    const mixed = new URL(String(first?.body['DLRURL']));
    mixed.searchParams.set('ref', url.searchParams.get('ref') ?? '');
    assert.equal((await fetch(`${mixed.href}&Status=UNDELIV`)).status, 401);
    const form = new URLSearchParams({ SMSID: 'x', DLRStatus: 'Delivered' });
    assert.equal((await fetch(url, { method: 'POST', body: form })).status, 200);
    await whenMessage(cloud, nile, sent, 'DELIVERED');
    const json = { method: 'POST', body: JSON.stringify({ status: 'EXPIRED' }) };
    assert.equal((await fetch(String(first?.body['DLRURL']), json)).status, 200);
    const failed = await whenMessage(cloud, nile, second, 'FAILED');
    assert.equal((failed['error'] as Row)['code'], 'expired');
    await clearFaults(cloud, 'sms');
  });

  test('Notify sends too, and its 500 is neither repeated nor believed', async () => {
    const phone = await addPhone(cloud, 'sms', '+201000300007');
    const through = { channel_account_id: notify?.id };
    await whenMessage(cloud, nile, await send(phone.address, 'By Notify', through), 'SENT');
    await fault(cloud, 'sms', { status: 500 });
    const unknown = await whenMessage(
      cloud,
      nile,
      await send(phone.address, 'Who knows', through),
      (row) => row['error'] !== null,
    );
    assert.equal(unknown['status'], 'PENDING');
    assert.equal((unknown['error'] as Row)['class'], 'unknown_outcome');
    await delay(500);
    const asked = (await requestsOf(cloud, 'sms')).filter(({ body }) =>
      JSON.stringify(body).includes('00201000300007'),
    );
    assert.equal(asked.length, 2);
  });

  test('SMS is not in the inbox, and can be listed by whoever asks for it', async () => {
    const live = await listen(cloud, { apikey: nile.api_key });
    const sent = await whenMessage(cloud, nile, await send('+201000300008', 'Broadcast'), 'DELIVERED');
    await cloud.drain();
    await eventually('its event', () => live.rows('message.created', sent.id).length > 0);
    assert.deepEqual(live.rows('conversation.updated', String(sent['conversation_id'])), []);
    const conversations = await rows(cloud, nile, 'conversations');
    assert.deepEqual(
      conversations.filter(({ channel }) => channel === 'sms'),
      [],
    );
    const listed = await rows(cloud, nile, 'messages?channel=eq.sms&limit=100');
    assert.ok(listed.some(({ id }) => id === sent.id));
  });
});

function send(to: string, message: string, more: object = {}): Promise<Row> {
  return sendText(cloud, nile, { channel: 'sms', to, message, ...more });
}
