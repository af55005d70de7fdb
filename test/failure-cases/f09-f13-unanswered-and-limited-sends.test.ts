import assert from 'node:assert/strict';
import { after, beforeEach, suite, test } from 'node:test';
import { updateItem } from '@parley/core/store/table.ts';
import { accountOf, eventually, testCloud } from '../support/cloud.ts';
import type { Account, Organization, Row } from '../support/cloud.ts';
import { invoke, received } from '../support/functions.ts';
import { clearFaults, customer, fault, requestsOf, thread, requestsWith } from '../support/phones.ts';
import type { Phone } from '../support/phones.ts';
import { historyOf, sendText, whenMessage } from '../support/sends.ts';
import { useStoreOf } from '../support/table.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const meta = accountOf(nile, 'whatsapp_cloud');
const bot = accountOf(nile, 'telegram');
const lite = accountOf(nile, 'whatsapp_lite');

suite('F09 and F13: sends without an answer, and sends that must wait', () => {
  after(() => cloud.close());
  beforeEach(async () => {
    for (const channel of ['whatsapp_cloud', 'whatsapp_lite', 'telegram'] as const) await clearFaults(cloud, channel);
  });

  test('F09 whatsapp_cloud: a lost answer is not asked for again; a status by our reference settles it', async () => {
    const phone = await customer(cloud, meta, '+201550900001');
    await fault(cloud, 'whatsapp_cloud', { hold_receipts: true });
    await fault(cloud, 'whatsapp_cloud', { lose_answer: true });
    const message = await sendText(cloud, nile, { channel: 'whatsapp_cloud', to: phone.address, message: 'Lost' });
    const unknown = await whenMessage(cloud, nile, message, isUnknown);
    assert.equal(unknown['status'], 'PENDING');
    assert.deepEqual(historyOf(unknown), ['PENDING', 'PENDING']);
    assert.equal(unknown['attempt'], 1);
    await cloud.drain();
    await clearFaults(cloud, 'whatsapp_cloud');
    const settled = await whenMessage(cloud, nile, message, 'DELIVERED');
    assert.equal(settled['error'], null);
    assert.deepEqual(historyOf(settled).sort(), ['DELIVERED', 'PENDING', 'PENDING', 'SENT']);
    const [shown] = await businessMessages(meta, phone);
    assert.equal(settled['provider_message_id'], shown?.id, 'the status tells the id that the answer would have');
    await checkSentOnce(meta, phone, 'Lost');
  });

  test('F09 whatsapp_lite: a lost answer is settled by the echo', async () => {
    const phone = await customer(cloud, lite, '+201550900002');
    await fault(cloud, 'whatsapp_lite', { lose_answer: true });
    const message = await sendText(cloud, nile, { channel: 'whatsapp_lite', to: phone.address, message: 'Lost lite' });
    await whenMessage(cloud, nile, message, 'DELIVERED');
    await checkSentOnce(lite, phone, 'Lost lite');
  });

  test('F09 telegram: where nothing ever comes, the message fails with unknown_outcome', async () => {
    const phone = await customer(cloud, bot, '750900003');
    await fault(cloud, 'telegram', { lose_answer: true });
    const message = await sendText(cloud, nile, { channel: 'telegram', to: phone.address, message: 'Lost bot' });
    await whenMessage(cloud, nile, message, isUnknown);
    await cloud.drain();
    // What EventBridge Scheduler does a quarter of an hour later.
    await invoke(cloud, 'SchedulingScheduler', { organizationId: nile.id, messageId: message.id, due: 'verdict' });
    const failed = await whenMessage(cloud, nile, message, 'FAILED');
    assert.equal((failed['error'] as Row)['code'], 'unknown_outcome');
    await checkSentOnce(bot, phone, 'Lost bot');
  });

  test('F09: a sender that dies after the provider took the message does not send it again', async () => {
    const phone = await customer(cloud, meta, '+201550900004');
    await fault(cloud, 'whatsapp_cloud', { hold_receipts: true });
    const before = failures();
    cloud.dynamoDb.faults.add({ match: recordsAnswer, error: 'InternalServerError', times: 3 });
    const message = await sendText(cloud, nile, { channel: 'whatsapp_cloud', to: phone.address, message: 'Died' });
    await eventually('it is asked', async () => (await businessMessages(meta, phone)).length > 0);
    await eventually('the sender gives up', () => failures() > before);
    const task = received({ organizationId: nile.id, messageId: message.id }, 2);
    await invoke(cloud, 'ChannelwhatsappcloudSender', task);
    assert.equal((await whenMessage(cloud, nile, message, isUnknown))['status'], 'PENDING');
    await clearFaults(cloud, 'whatsapp_cloud');
    await whenMessage(cloud, nile, message, 'DELIVERED');
    await invoke(cloud, 'ChannelwhatsappcloudSender', received({ organizationId: nile.id, messageId: message.id }, 3));
    await checkSentOnce(meta, phone, 'Died');
  });

  test('F09: a sender that dies before it asks leaves no doubt: the message is sent by the next one', async () => {
    const address = '750900006';
    const phone = await customer(cloud, bot, address);
    await cloud.drain();
    const before = failures();
    let looks = 0;
    // whether it may be written to is asked once when it is accepted, and once more by its sender, three times over
    cloud.dynamoDb.faults.add({
      operation: 'BatchGetItem',
      error: 'InternalServerError',
      times: 3,
      match: (input) => isAboutReaching(input, address) && (looks += 1) > 1,
    });
    const message = await sendText(cloud, nile, { channel: 'telegram', to: phone.address, message: 'Not yet' });
    await eventually('the sender gives up', () => failures() > before);
    const waiting = await whenMessage(cloud, nile, message, 'PENDING');
    assert.deepEqual([waiting['error'], historyOf(waiting)], [null, ['PENDING']]);
    const task = { organizationId: nile.id, messageId: message.id, channelAccountId: bot.id };
    await invoke(cloud, 'ChanneltelegramSender', received(task, 2));
    await whenMessage(cloud, nile, message, 'SENT');
    await checkSentOnce(bot, phone, 'Not yet');
  });

  test('what is changed while its sender finds out about it is looked at again, once, and sent', async () => {
    const phone = await customer(cloud, meta, '+201550900007');
    await cloud.drain();
    await useStoreOf(cloud);
    let claims = 0;
    cloud.dynamoDb.faults.add({
      operation: 'UpdateItem',
      match: (input) => {
        if (claimIn(input) === undefined) return false;
        claims += 1;
        return true;
      },
      // the change is there before the claim; were it not, the claim would hold and there would be one
      first: async (input) => {
        if (claims === 1) await updateItem(claimIn(input) as TableKey, { set: { upd: Date.now() + 1 } });
      },
      times: 1000,
    });
    const message = await sendText(cloud, nile, { channel: 'whatsapp_cloud', to: phone.address, message: 'Changed' });
    await eventually('it is claimed again', async () => claims > 1);
    await whenMessage(cloud, nile, message, 'DELIVERED');
    cloud.dynamoDb.faults.clear();
    assert.equal(claims, 2);
    await checkSentOnce(meta, phone, 'Changed');
  });

  test('an answer without an id is an answer: the message is sent', async () => {
    const phone = await customer(cloud, lite, '+201550900005');
    await fault(cloud, 'whatsapp_lite', { status: 200, body: { status: 'success' } });
    const message = await sendText(cloud, nile, { channel: 'whatsapp_lite', to: phone.address, message: 'No id' });
    const sent = await whenMessage(cloud, nile, message, 'SENT');
    assert.equal(sent['provider_message_id'], null);
  });

  test('F13 telegram: 429 with retry_after waits so long, uses up no attempt, and holds up nobody else', async () => {
    const phone = await customer(cloud, bot, '751300001');
    const other = await customer(cloud, bot, '751300002');
    await fault(cloud, 'telegram', { retry_after: 4 });
    const limited = await sendText(cloud, nile, { channel: 'telegram', to: phone.address, message: 'Limited' });
    const refused = await eventually(
      'it is refused',
      async () => (await requestsWith(cloud, 'telegram', 'Limited'))[0],
    );
    const next = await sendText(cloud, nile, { channel: 'telegram', to: phone.address, message: 'Behind it' });
    const free = await sendText(cloud, nile, { channel: 'telegram', to: other.address, message: 'Somebody else' });
    await whenMessage(cloud, nile, free, 'SENT');
    const waiting = await whenMessage(cloud, nile, limited, () => true);
    assert.equal(waiting['attempt'], 1);
    assert.equal(waiting['error'], null);
    const sent = await whenMessage(cloud, nile, limited, 'SENT');
    await whenMessage(cloud, nile, next, 'SENT');
    assert.equal(sent['attempt'], 1);
    assert.ok(Date.parse(String(sent['sent_at'])) - Date.parse(refused.at) >= 4000);
    await checkNotHeldUp('telegram', 'Somebody else', 'Limited');
    const texts = (await businessMessages(bot, phone)).map(({ text }) => text);
    assert.deepEqual(texts, ['Limited', 'Behind it']);
  });

  test('F13 whatsapp_cloud: the pair limit waits, a closed window fails at once', async () => {
    const phone = await customer(cloud, meta, '+201551300003');
    await fault(cloud, 'whatsapp_cloud', { code: 130429 });
    const limited = await sendText(cloud, nile, { channel: 'whatsapp_cloud', to: phone.address, message: 'Too fast' });
    assert.equal((await whenMessage(cloud, nile, limited, 'DELIVERED'))['attempt'], 1);
    for (const [code, kind] of [
      [131047, 'window_closed'],
      [131026, 'recipient_unavailable'],
      [100, 'invalid'],
    ] as const) {
      await fault(cloud, 'whatsapp_cloud', { code });
      const text = `Refused ${code}`;
      const refused = await sendText(cloud, nile, { channel: 'whatsapp_cloud', to: phone.address, message: text });
      const failed = await whenMessage(cloud, nile, refused, 'FAILED');
      assert.equal((failed['error'] as Row)['class'], kind);
      assert.equal((failed['error'] as Row)['provider_code'], String(code));
      assert.equal(failed['attempt'], 1);
    }
    assert.equal(
      (await requestsOf(cloud, 'whatsapp_cloud')).filter(({ body }) => /Refused/.test(JSON.stringify(body))).length,
      3,
    );
  });

  test('F13 whatsapp_cloud: a limit of one customer holds up nobody else, and uses up no attempt', async () => {
    const phone = await customer(cloud, meta, '+201551300005');
    const other = await customer(cloud, meta, '+201551300006');
    await fault(cloud, 'whatsapp_cloud', { code: 131056 });
    const limited = await sendText(cloud, nile, { channel: 'whatsapp_cloud', to: phone.address, message: 'Pair' });
    const refused = await eventually(
      'it is refused',
      async () => (await requestsWith(cloud, 'whatsapp_cloud', 'Pair'))[0],
    );
    const free = await sendText(cloud, nile, { channel: 'whatsapp_cloud', to: other.address, message: 'Nobody else' });
    await whenMessage(cloud, nile, free, 'DELIVERED');
    assert.equal((await whenMessage(cloud, nile, limited, () => true))['error'], null);
    const sent = await whenMessage(cloud, nile, limited, 'DELIVERED');
    assert.equal(sent['attempt'], 1);
    assert.deepEqual((sent['attempts'] as Row[]).length, 1);
    // Meta gives the time of a status in whole seconds
    assert.ok(Date.parse(String(sent['sent_at'])) + 1000 - Date.parse(refused.at) >= 6000);
    await checkNotHeldUp('whatsapp_cloud', 'Nobody else', 'Pair');
  });

  test('a provider that is down is asked again, and each time counts', async () => {
    const phone = await customer(cloud, meta, '+201551300004');
    await fault(cloud, 'whatsapp_cloud', { code: 131016 });
    const message = await sendText(cloud, nile, { channel: 'whatsapp_cloud', to: phone.address, message: 'Again' });
    const sent = await whenMessage(cloud, nile, message, 'DELIVERED');
    assert.equal(sent['attempt'], 2);
    assert.equal((await businessMessages(meta, phone)).length, 1);
  });
});

/** How often a sender gave up. */
function failures(): number {
  return cloud.logs.filter((line) => line.includes('queued task failed')).length;
}

function recordsAnswer(input: unknown): boolean {
  return JSON.stringify(input).includes(':pid');
}

function isUnknown(row: Row): boolean {
  return (row['error'] as Row | null)?.['code'] === 'unknown_outcome';
}

async function checkSentOnce(account: Account, phone: Phone, text: string): Promise<void> {
  await cloud.drain();
  assert.equal((await businessMessages(account, phone)).length, 1);
  const asked = (await requestsOf(cloud, account.channel)).filter(({ body }) =>
    JSON.stringify(body).includes(`"${text}"`),
  );
  assert.equal(asked.length, 1);
}

async function businessMessages(account: Account, phone: Phone) {
  return (await thread(cloud, account, phone)).filter(({ from }) => from === 'business');
}

/** The one message left between the refusal of the other and its next try. */
async function checkNotHeldUp(channel: Account['channel'], free: string, limited: string): Promise<void> {
  const asked = (await requestsOf(cloud, channel)).map(({ body }) => JSON.stringify(body));
  const [first, again] = asked.flatMap((body, index) => (body.includes(`"${limited}"`) ? [index] : []));
  const left = asked.findIndex((body) => body.includes(free));
  assert.ok(Number(first) < left && left < Number(again), `${left} is not between ${first} and ${again}`);
}

function isAboutReaching(input: unknown, address: string): boolean {
  const asked = JSON.stringify(input);
  return asked.includes('#unreachable') && asked.includes(address);
}

type TableKey = { pk: string; sk: string };

/** The key of the message that a call claims, if it does. */
function claimIn(input: unknown): TableKey | undefined {
  const { Key, UpdateExpression = '' } = input as {
    Key?: Record<'pk' | 'sk', { S: string }>;
    UpdateExpression?: string;
  };
  return Key && UpdateExpression.includes('#claimer = ') ? { pk: Key.pk.S, sk: Key.sk.S } : undefined;
}
