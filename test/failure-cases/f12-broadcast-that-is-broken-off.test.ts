import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, eventually, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import {
  broadcast,
  createBroadcast,
  exportOf,
  isOver,
  messagesOf,
  progressOf,
  tell,
  uploadCsv,
  whenBroadcast,
} from '../support/broadcasts.ts';
import { invoke } from '../support/functions.ts';
import { later } from '../support/later.ts';
import { requestsOf } from '../support/phones.ts';
import { broadcastScheduledFor } from '../support/table.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const sms = accountOf(nile, 'sms');

suite('F12: a broadcast that is broken off, and a scheduler that fires twice', () => {
  after(() => cloud.close());

  test('woken again and again, and started by hand at the same moment: each recipient gets one message', async () => {
    const made = await listed(40, 'Twice', 1_000);
    await tell(cloud, nile, 'start', made, { scheduled_at: later() });
    await broadcastScheduledFor(cloud, made, Date.now());
    const wake = { organizationId: nile.id, broadcastId: made.id, due: 'broadcast' };
    const [answers] = await Promise.all([
      Promise.all([1, 2, 3].map(() => ask(cloud, nile, '/rest/v1/rpc/start_broadcast', { id: made.id }))),
      ...[1, 2, 3, 4].map(() => invoke(cloud, 'SchedulingScheduler', wake)),
    ]);
    assert.ok(answers.filter(({ status }) => status === 200).length <= 1);
    await whenBroadcast(cloud, nile, made, isOver);
    await invoke(cloud, 'SchedulingScheduler', wake);
    await cloud.drain();
    await checkOnce(made, 'Twice', 40);
  });

  test('the worker dies in the midst of parts, before writes and after them: it completes, and each gets one', async () => {
    // two parts; whoever lacks a value is skipped, which is work for nobody but the worker
    const made = await listed(1_100, 'Broken', 100_000, (index) => (index % 7 === 0 ? 'friend' : ''));
    const tries = new Map<string, number>();
    // every 50th message, in either part: the product gives up over it the first time, and what it wrote of the part stays
    cloud.dynamoDb.faults.add({
      operation: 'PutItem',
      error: 'InternalServerError',
      times: 1_000_000,
      match: (input) => {
        const key = keyOfBulk(input, made.id);
        if (key === undefined) return false;
        const tried = (tries.get(key) ?? 0) + 1;
        tries.set(key, tried);
        return [...tries.keys()].indexOf(key) % 50 === 49 && tried <= 3;
      },
    });
    // and the answer to every step is lost once
    const seen = new Set<string>();
    cloud.dynamoDb.faults.add({
      operation: 'UpdateItem',
      error: 'drop_connection_after',
      times: 1_000_000,
      match: (input) => isStepOf(input, made.id) && seen.size < seen.add(JSON.stringify(input)).size,
    });
    await tell(cloud, nile, 'start', made);
    await whenBroadcast(cloud, nile, made, isOver);
    assert.ok(seen.size > 2);
    assert.ok([...tries.values()].filter((count) => count > 1).length >= 100);
    cloud.dynamoDb.faults.clear();
    await cloud.drain();
    assert.equal(Math.floor(tries.size / 50), 3, 'once in the second part');
    await checkOnce(made, 'Broken', 158, 942);
  });

  test('who opts out while a part is run again has the message that was made before, and is not skipped', async () => {
    const made = await listed(5, 'Before', 300_000);
    // the part is never done: it is run again and again
    const ends = (input: unknown) => isStepOf(input, made.id) && JSON.stringify(input).includes('#running.#made');
    cloud.dynamoDb.faults.add({ match: ends, error: 'InternalServerError', times: 1_000_000 });
    await tell(cloud, nile, 'start', made);
    const messages = await eventually('its messages', async () => {
      const all = await messagesOf(cloud, nile, made);
      return all.length === 5 && all.every(({ status }) => status === 'DELIVERED') && all;
    });
    const opted = { contact_id: messages[0]?.['contact_id'], channel: 'sms' };
    assert.equal((await ask(cloud, nile, '/rest/v1/rpc/opt_out', opted)).status, 200);
    cloud.dynamoDb.faults.clear();
    const row = await whenBroadcast(cloud, nile, made, isOver);
    const { delivered, skipped } = progressOf(row);
    assert.deepEqual({ delivered, skipped }, { delivered: 5, skipped: 0 });
  });

  test('cancelled while it is broken off: who has a message has it in the result, and nobody is said to wait', async () => {
    const made = await listed(20, 'Cut', 400_000);
    const begun = new Set<string>();
    // three messages are made, and the worker dies over the others again and again
    cloud.dynamoDb.faults.add({
      operation: 'PutItem',
      error: 'InternalServerError',
      times: 1_000_000,
      match: (input) => {
        const key = keyOfBulk(input, made.id);
        return key !== undefined && [...begun.add(key)].indexOf(key) >= 3;
      },
    });
    await tell(cloud, nile, 'start', made);
    await eventually('the three arrive', async () => {
      return progressOf(await broadcast(cloud, nile, made)).delivered === 3;
    });
    await tell(cloud, nile, 'cancel', made);
    const { waiting, skipped } = progressOf(await broadcast(cloud, nile, made));
    assert.deepEqual({ waiting, skipped }, { waiting: 0, skipped: 17 });
    const lines = await eventually('the result', async () => {
      const all = await exportOf(cloud, nile, made);
      return all.filter(([, , status]) => status === 'DELIVERED').length === 3 && all;
    });
    cloud.dynamoDb.faults.clear();
    const others = lines.filter(([, , status]) => status !== 'DELIVERED');
    assert.equal(others.length, 17);
    assert.ok(others.every(([, , status, code]) => status === 'SKIPPED' && code === 'cancelled'));
  });

  test('the counts are those of the rows when batches of the stream come again', async () => {
    const made = await listed(150, 'Again', 200_000);
    let batches = 0;
    // after the counting, when the batch is not done yet: it comes again, first whole, then in halves
    cloud.dynamoDb.faults.add({
      operation: 'PutItem',
      error: 'InternalServerError',
      times: 30,
      match: (input) => JSON.stringify(input).includes('#feed') && (batches += 1) % 7 < 5,
    });
    await tell(cloud, nile, 'start', made);
    await whenBroadcast(cloud, nile, made, isOver);
    cloud.dynamoDb.faults.clear();
    assert.ok(batches > 7);
    await checkOnce(made, 'Again', 150);
  });
});

/** A broadcast to so many, whose list has been read. It is skipped for those whom nobody says how to greet. */
async function listed(
  count: number,
  text: string,
  from: number,
  greeting: (index: number) => string = () => 'you',
): Promise<Row> {
  const lines = Array.from(
    { length: count },
    (_, index) => `+20101${String(1_000_001 + from + index)},${greeting(index)}`,
  );
  const made = await createBroadcast(cloud, nile, {
    channel: 'sms',
    channel_account_id: sms.id,
    content: { message: `${text} {{to_whom}}` },
    audience: { kind: 'file', upload_id: await uploadCsv(cloud, nile, `to,to_whom\n${lines.join('\n')}\n`) },
  });
  return whenBroadcast(cloud, nile, made, 'READY');
}

/** One message each in the table, at the provider, in the counts and in the export. */
async function checkOnce(made: Row, text: string, count: number, skips = 0): Promise<void> {
  const messages = await messagesOf(cloud, nile, made);
  assert.equal(messages.length, count);
  assert.equal(new Set(messages.map((message) => message['conversation_id'])).size, count);
  const asked = (await requestsOf(cloud, 'sms')).filter(({ body }) => String(body['SMSText']).startsWith(text));
  assert.deepEqual([asked.length, new Set(asked.map(({ body }) => body['SMSReceiver'])).size], [count, count]);
  const row = await whenBroadcast(cloud, nile, made, isOver);
  const { delivered, skipped, failed } = progressOf(row);
  assert.deepEqual({ delivered, skipped, failed }, { delivered: count, skipped: skips, failed: 0 });
  const lines = await exportOf(cloud, nile, made);
  assert.equal(lines.filter(([, , status]) => status === 'DELIVERED').length, count);
}

function keyOfBulk(input: unknown, id: string): string | undefined {
  const item = (input as { Item?: { sk?: { S?: string }; bulk?: { S?: string } } }).Item;
  return item?.bulk?.S === id ? item.sk?.S : undefined;
}

function isStepOf(input: unknown, id: string): boolean {
  return (input as { Key?: { sk?: { S?: string } } }).Key?.sk?.S === id;
}
