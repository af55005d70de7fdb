import assert from 'node:assert/strict';
import { after, beforeEach, suite, test } from 'node:test';
import { accountOf, ask, eventually, patch, rows, testCloud } from '../support/cloud.ts';
import type { Account, Organization, Row } from '../support/cloud.ts';
import { conversationWith } from '../support/conversations.ts';
import { invoke } from '../support/functions.ts';
import { comesDue, later } from '../support/later.ts';
import { listen } from '../support/live.ts';
import type { Listener } from '../support/live.ts';
import { bring } from '../support/media.ts';
import { clearFaults, customer, fault, thread } from '../support/phones.ts';
import type { Phone } from '../support/phones.ts';
import { sendText, whenMessage } from '../support/sends.ts';
import { takenUntil, waitsUntil } from '../support/paces.ts';
import { dueOf, lastWrote, storedItems } from '../support/table.ts';
import { sharp } from '../support/wasm-sharp.ts';
import { timeOf } from '../support/wall-clock.ts';

const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
const meta = accountOf(nile, 'whatsapp_cloud');
const bot = accountOf(nile, 'telegram');
const gateway = nile.channel_accounts.find(
  (one) => one.channel === 'whatsapp_lite' && one.kind === 'gateway',
) as Account;
const [MINUTE, HOUR] = [60_000, 3_600_000];

suite('what a message that has not left waits for', () => {
  after(() => cloud.close());
  beforeEach(async () => {
    for (const channel of ['whatsapp_cloud', 'telegram'] as const) await clearFaults(cloud, channel);
  });

  test('scheduled: in the answer, in the row and on the socket; and null once it has left', async () => {
    const client = await listen(cloud, { apikey: nile.api_key });
    const phone = await customer(cloud, bot, '754000001');
    const at = new Date(Date.now() + HOUR).toISOString();
    const message = await sends(bot, phone, 'At one', { scheduled_at: at });
    const waiting = { reason: 'scheduled', until: at };
    assert.deepEqual(message['waiting_for'], waiting);
    assert.deepEqual((await waits(message, 'scheduled'))['waiting_for'], waiting);
    const heard = () => client.rows('message.created', message.id)[0]?.['waiting_for'];
    assert.deepEqual(await eventually('it is told', heard), waiting);
    await cloud.drain();
    const [listed] = await rows(cloud, nile, `scheduled_messages?id=eq.${message.id}`);
    assert.deepEqual(listed?.['waiting_for'], waiting);
    const now = await sends(bot, phone, 'Now');
    assert.equal((await whenMessage(cloud, nile, now, 'SENT'))['waiting_for'], null);
    assert.equal((await rows(cloud, gulf, `messages?id=eq.${message.id}`)).length, 0);
    const taken = await ask(cloud, nile, '/rest/v1/rpc/cancel_message', { message_id: message.id });
    assert.equal(taken.body['waiting_for'], null);
  });

  test('account: as long as its account is off', async () => {
    // a sender remembers an account for half a minute, so this one has sent nothing yet
    const other = accountOf(gulf, 'telegram');
    const phone = await customer(cloud, other, '754000002');
    const request = { channel: 'telegram', to: phone.address, message: 'Off', scheduled_at: later() } as const;
    const message = await sendText(cloud, gulf, request);
    await patch(cloud, gulf, `channel_accounts?id=eq.${other.id}`, { status: 'Inactive' });
    await comesDue(cloud, message);
    const waiting = await waits(message, 'account', gulf);
    assert.deepEqual(waiting['waiting_for'], { reason: 'account', until: null });
    await patch(cloud, gulf, `channel_accounts?id=eq.${other.id}`, { status: 'Active' });
    assert.equal((await whenMessage(cloud, gulf, message, 'SENT'))['waiting_for'], null);
  });

  test('quiet_hours: until they end, or until it is given another time', async () => {
    const end = Math.floor((Date.now() + 2 * HOUR) / MINUTE) * MINUTE;
    // nor has this channel's sender looked at the organization's settings
    const request = { channel: 'sms', to: '+971507400003', message: 'Quiet', scheduled_at: later() } as const;
    const message = await sendText(cloud, gulf, request);
    const quiet_hours = { from: timeOf(Date.now() - HOUR), to: timeOf(end) };
    await patch(cloud, gulf, 'organization_settings', { quiet_hours });
    await comesDue(cloud, message);
    const waiting = await waits(message, 'quiet_hours', gulf);
    assert.deepEqual(waiting['waiting_for'], { reason: 'quiet_hours', until: new Date(end).toISOString() });
    const scheduled_at = new Date(end + HOUR).toISOString();
    const body = { message_id: message.id, scheduled_at };
    const moved = await ask(cloud, gulf, '/rest/v1/rpc/reschedule_message', body);
    assert.deepEqual(moved.body['waiting_for'], { reason: 'scheduled', until: scheduled_at });
  });

  test('window: until the customer writes, at most for as long as it is held', async () => {
    const phone = await customer(cloud, meta, '+201540004004');
    await lastWrote(cloud, await conversationWith(cloud, nile, phone, meta), Date.now() - 25 * HOUR);
    const message = await sends(meta, phone, 'Held', { on_window_closed: { hold: { hours: 2 } } });
    const { until } = (await waits(message, 'window'))['waiting_for'] as { until: string };
    assert.ok(Math.abs(Date.parse(until) - Date.now() - 2 * HOUR) < MINUTE, until);
  });

  test('rate_limit: until the provider takes more, told on the socket as well', async () => {
    const client = await listen(cloud, { apikey: nile.api_key });
    const phone = await customer(cloud, bot, '754000005');
    await fault(cloud, 'telegram', { retry_after: 3 });
    const message = await sends(bot, phone, 'Slower');
    const waiting = await told(client, message);
    const { reason, until } = waiting['waiting_for'] as { reason: string; until: string };
    assert.equal(reason, 'rate_limit');
    assert.equal(waiting['status'], 'PENDING');
    const sent = await whenMessage(cloud, nile, message, 'SENT');
    assert.ok(Date.parse(String(sent['sent_at'])) >= Date.parse(until), until);
    assert.equal(sent['waiting_for'], null);
  });

  test('rate_limit: of an account that its provider takes too much of, with the rate it is slowed to, which its row says too', async () => {
    const other = accountOf(gulf, 'whatsapp_cloud');
    const phone = await customer(cloud, other, '+971540004005');
    await fault(cloud, 'whatsapp_cloud', { status: 429, headers: { 'Retry-After': '60' } });
    const request = { channel: 'whatsapp_cloud', to: phone.address, message: 'Too fast' } as const;
    const waiting = await waits(await sendText(cloud, gulf, request), 'rate_limit', gulf);
    assert.equal((waiting['waiting_for'] as Row)['per_second'], 58.8);
    const [row] = await rows(cloud, gulf, `channel_accounts?id=eq.${other.id}`);
    const { slowed } = (row as Row)['health'] as { slowed: { per_second: number; until: string } };
    assert.equal(slowed.per_second, 58.8);
    assert.ok(Math.abs(Date.parse(slowed.until) - Date.now() - 2.5 * MINUTE) < MINUTE, slowed.until);
  });

  test('rate_limit: of a number that too many reported, for hours; its broadcasts wait with it, and answers go', async () => {
    const [phone, other] = [await customer(cloud, meta, '+201540004006'), await customer(cloud, meta, '+201540004007')];
    await fault(cloud, 'whatsapp_cloud', { code: 131048 });
    const message = await sends(meta, phone, 'Reported');
    const waiting = await waits(message, 'rate_limit');
    const { until } = waiting['waiting_for'] as { until: string };
    assert.ok(Math.abs(Date.parse(until) - Date.now() - 4 * HOUR) < MINUTE, until);
    assert.deepEqual([waiting['status'], waiting['attempt'], waiting['error']], ['PENDING', 1, null]);
    const pace = await eventually('its broadcasts wait', async () => {
      const items = await storedItems(cloud);
      return items.find(({ pk, sk }) => pk === `pace#${meta.id}` && sk === 'pace');
    });
    assert.ok(Math.abs(Number(pace['bulk_stopped']) - Date.parse(until)) < MINUTE, until);
    assert.equal(pace['stopped'], undefined);
    await whenMessage(cloud, nile, await sends(meta, other, 'An answer'), 'DELIVERED');
  });

  test('retry: until a provider that was down is asked again', async () => {
    const client = await listen(cloud, { apikey: nile.api_key });
    const phone = await customer(cloud, meta, '+201540004008');
    await fault(cloud, 'whatsapp_cloud', { code: 131016 });
    const message = await sends(meta, phone, 'Down');
    const waiting = await told(client, message);
    const { reason, until } = waiting['waiting_for'] as { reason: string; until: string };
    assert.equal(reason, 'retry');
    assert.ok(Date.parse(until) > Date.parse(String(waiting['updated_at'])), until);
    assert.equal(waiting['attempt'], 2);
    await whenMessage(cloud, nile, message, 'DELIVERED');
  });

  test('template: for an hour, where its form was used too often', async () => {
    const phone = await customer(cloud, meta, '+201540004009');
    await fault(cloud, 'whatsapp_cloud', { code: 132069 });
    const template = { name: 'order_update', language: 'en_US', parameters: ['Mona', 'A1'] };
    const message = await sends(meta, phone, 'Form', { template });
    const { until } = (await waits(message, 'template'))['waiting_for'] as { until: string };
    assert.ok(Math.abs(Date.parse(until) - Date.now() - HOUR) < MINUTE, until);
  });

  test('media: while its file is made ready', async () => {
    const phone = await customer(cloud, meta, '+201540004010');
    const picture = { create: { width: 64, height: 48, channels: 3, background: 'red' } } as const;
    const upload_id = await bring(cloud, nile, 'a.webp', await sharp(picture).webp().toBuffer());
    const message = await sends(meta, phone, 'Look', { upload_id });
    assert.deepEqual(message['waiting_for'], { reason: 'media', until: null });
    assert.equal((await whenMessage(cloud, nile, message, 'DELIVERED'))['waiting_for'], null);
  });

  test('a long wait is spent outside the queue: no receive is used up, and the order is kept when it is over', async () => {
    const phone = await customer(cloud, gateway, '+201540004011');
    await takenUntil(cloud, gateway, Date.now() + 13 * HOUR);
    const sent = [await sends(gateway, phone, 'First'), await sends(gateway, phone, 'Second')];
    for (const message of sent) {
      const { until } = (await waits(message, 'rate_limit'))['waiting_for'] as { until: string };
      assert.ok(Date.parse(until) - Date.now() > 12.9 * HOUR, until);
    }
    await cloud.drain();
    assert.deepEqual(await dueOf(cloud, sent), ['later', 'later']);
    const last = { organizationId: nile.id, messageId: sent[1]?.id, due: 'later' };
    await invoke(cloud, 'SchedulingScheduler', last);
    await eventually(
      'who comes back too early goes out again',
      async () => (await dueOf(cloud, sent)).join() === 'later,later',
    );
    for (const message of sent) await waitsUntil(cloud, message, Date.now());
    await invoke(cloud, 'SchedulingScheduler', last);
    for (const message of sent) await whenMessage(cloud, nile, message, 'DELIVERED');
    const shown = (await thread(cloud, gateway, phone)).filter(({ from }) => from === 'business');
    assert.deepEqual(
      shown.map(({ text }) => text),
      ['First', 'Second'],
    );
  });
});

function sends(account: Account, phone: Phone, message: string, more: object = {}): Promise<Row> {
  const { id: channel_account_id, channel } = account;
  return sendText(cloud, nile, { channel, to: phone.address, message, channel_account_id, ...more });
}

function waits(message: Row, reason: string, organization = nile): Promise<Row> {
  const is = (row: Row) => (row['waiting_for'] as Row | null)?.['reason'] === reason;
  return whenMessage(cloud, organization, message, is);
}

/** The message as clients were told that it waits: a short wait may be over before anybody reads of it. */
function told(client: Listener, { id }: Row): Promise<Row> {
  return eventually('it is told', () => client.rows('message.updated', id).find((row) => row['waiting_for'] !== null));
}
