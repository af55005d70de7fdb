import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, eventually, rows, testCloud, rpc } from '../support/cloud.ts';
import type { Answer, Organization, Row } from '../support/cloud.ts';
import { invoke } from '../support/functions.ts';
import { customer, textsTo } from '../support/phones.ts';
import type { Phone } from '../support/phones.ts';
import { whenMessage } from '../support/sends.ts';

const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
const bot = accountOf(nile, 'telegram');
const HOUR = 3_600_000;

suite('messages for later', () => {
  after(() => cloud.close());

  test('they are listed soonest first, until they have left or were taken back', async () => {
    const phone = await customer(cloud, bot, '753000001');
    const later = await schedule(phone, 'In two hours', 2 * HOUR);
    const sooner = await schedule(phone, 'In one hour', HOUR);
    assert.deepEqual(await listed(phone), [sooner.id, later.id]);
    assert.equal((await rpc(cloud, nile, 'cancel_message', { message_id: sooner.id })).status, 200);
    assert.deepEqual(await listed(phone), [later.id]);
    await fire(later);
    await whenMessage(cloud, nile, later, (row) => row['status'] === 'PENDING');
    assert.deepEqual((await textsTo(cloud, bot, phone)).length, 0, 'not before its time, whoever wakes it');
  });

  test('one that is cancelled is never sent, even if its schedule fires', async () => {
    const phone = await customer(cloud, bot, '753000002');
    const message = await beforeAnyFires(async () => {
      const written = await scheduleSoon(phone, 'Never');
      const cancelled = await rpc(cloud, nile, 'cancel_message', { message_id: written.id });
      assert.equal(cancelled.body['status'], 'FAILED');
      assert.equal((cancelled.body['error'] as Row)['code'], 'cancelled');
      return written;
    });
    await eventually('its time', () => Date.parse(String(message['scheduled_at'])) < Date.now());
    await fire(message);
    await cloud.drain();
    assert.deepEqual(await textsTo(cloud, bot, phone), []);
    assert.equal((await rpc(cloud, nile, 'cancel_message', { message_id: message.id })).body['code'], 'already_sent');
  });

  test('one that is put off goes at its new time, with its new words, once', async () => {
    const phone = await customer(cloud, bot, '753000003');
    const message = await schedule(phone, 'Old words', HOUR);
    const edited = await rpc(cloud, nile, 'edit_message', { message_id: message.id, message: 'New words' });
    assert.equal(edited.status, 200, JSON.stringify(edited.body));
    assert.equal(edited.body['edited_at'], null, 'nobody has seen the old ones');
    const endless = await rpc(cloud, nile, 'edit_message', { message_id: message.id, message: 'x'.repeat(4097) });
    assert.deepEqual([endless.status, endless.body['code'], endless.body['details']], [422, 'too_long', 'message']);
    const move = (scheduled_at: string) =>
      rpc(cloud, nile, 'reschedule_message', { message_id: message.id, scheduled_at });
    await move(new Date(Date.now() + 2 * HOUR).toISOString());
    // a list is written a moment after the message
    await eventually('it is listed', async () => (await listed(phone)).join() === message.id);
    const { at: soon, answer: moved } = await beforeAnyFires(() => inTime(move));
    assert.equal(moved.body['scheduled_at'], soon);
    await eventually('its new time', () => Date.parse(soon) < Date.now());
    await fire(message);
    await whenMessage(cloud, nile, message, 'SENT');
    assert.deepEqual(await textsTo(cloud, bot, phone), ['New words']);
    assert.equal((await move(later())).status, 409);
  });

  test('a time that has gone by, or is too far, is refused by name', async () => {
    const phone = await customer(cloud, bot, '753000004');
    const message = await schedule(phone, 'Waits', HOUR);
    const justGone = new Date(Date.now() - 1000).toISOString();
    for (const scheduled_at of [justGone, '2020-01-01T00:00:00Z', '2090-01-01T00:00:00Z', 'tomorrow', undefined]) {
      const answer = await rpc(cloud, nile, 'reschedule_message', { message_id: message.id, scheduled_at });
      assert.ok([400, 422].includes(answer.status), String(scheduled_at));
      assert.equal(answer.body['details'], 'scheduled_at');
    }
    await rpc(cloud, nile, 'cancel_message', { message_id: message.id });
  });

  test('nobody else lists, cancels or moves them', async () => {
    const phone = await customer(cloud, bot, '753000005');
    const message = await schedule(phone, 'Ours', HOUR);
    for (const action of ['cancel_message', 'reschedule_message'] as const) {
      const answer = await ask(cloud, gulf, `/rest/v1/rpc/${action}`, {
        message_id: message.id,
        scheduled_at: later(),
      });
      assert.equal(answer.status, 404);
    }
    assert.ok(!(await rows(cloud, gulf, 'scheduled_messages')).some(({ id }) => id === message.id));
    await rpc(cloud, nile, 'cancel_message', { message_id: message.id });
  });
});

function later(): string {
  return new Date(Date.now() + HOUR).toISOString();
}

async function schedule(phone: Phone, message: string, ahead: number): Promise<Row> {
  return accepted(await askFor(phone, message, new Date(Date.now() + ahead).toISOString()));
}

async function scheduleSoon(phone: Phone, message: string): Promise<Row> {
  return accepted((await inTime((at) => askFor(phone, message, at))).answer);
}

function askFor({ address: to }: Phone, message: string, scheduled_at: string): Promise<Answer> {
  return ask(cloud, nile, '/functions/v1/telegram-send', { to, message, scheduled_at });
}

async function accepted({ status, body }: Answer): Promise<Row> {
  assert.equal(status, 200, JSON.stringify(body));
  await cloud.drain();
  return body['message'] as Row;
}

/** Gives a time that comes soon; a later one where this machine had not asked before it came. */
async function inTime(give: (at: string) => Promise<Answer>, ahead = 4000): Promise<{ at: string; answer: Answer }> {
  const at = new Date(Date.now() + ahead).toISOString();
  const answer = await give(at);
  const isTooLate = answer.status === 422 && Date.now() >= Date.parse(at);
  return isTooLate ? inTime(give, ahead * 4) : { at, answer };
}

/** Nothing that a schedule wakes gets on before this is done, however long it takes: the table refuses that one write. */
async function beforeAnyFires<T>(work: () => Promise<T>): Promise<T> {
  cloud.dynamoDb.faults.add({ match: fires, error: 'InternalServerError', times: Number.MAX_SAFE_INTEGER });
  try {
    return await work();
  } finally {
    cloud.dynamoDb.faults.clear();
  }
}

function fires(input: unknown): boolean {
  return JSON.stringify(input).includes('#scheduled <= :soon');
}

/** What EventBridge Scheduler does. */
async function fire(message: Row): Promise<void> {
  await invoke(cloud, 'SchedulingScheduler', { organizationId: nile.id, messageId: message.id, due: 'schedule' });
  await cloud.drain();
}

async function listed(phone: Phone): Promise<unknown[]> {
  const [message] = await rows(
    cloud,
    nile,
    `messages?direction=INBOUND&channel=telegram&order=created_at.desc&limit=1`,
  );
  assert.ok(message, phone.address);
  const all = await rows(cloud, nile, `scheduled_messages?conversation_id=eq.${String(message['conversation_id'])}`);
  return all.map(({ id }) => id);
}
