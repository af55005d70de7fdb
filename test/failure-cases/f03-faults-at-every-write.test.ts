import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from '@parley/local/dynamodb/faults.ts';
import { accountOf, ask, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization } from '../support/cloud.ts';
import { storedItems } from '../support/table.ts';
import { cloudChange, cloudEnvelope, cloudText, liteInbound, post, signCloud } from '../support/webhooks.ts';
import type { SignedWebhook } from '../support/webhooks.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const account = accountOf(nile, 'whatsapp_cloud');
const lite = accountOf(nile, 'whatsapp_lite');

/** A first try that fails, before it is applied or after. The product's next try succeeds. */
const once: Record<string, Fault> = {
  'refused once': { error: 'ThrottlingException' },
  'applied, but the answer is lost': { error: 'drop_connection_after' },
};

/** All three tries fail, and the product gives up: as if it had died there, before the write or after it. */
const always: Record<string, Fault[]> = {
  'refused until the product gives up': [{ error: 'InternalServerError', times: 3 }],
  'applied, and from then on nothing answers': [
    { error: 'drop_connection_after' },
    { error: 'drop_connection_before', times: 2 },
  ],
};

let customers = 0;

suite('F03: a fault at every write of the inbound path', () => {
  after(() => cloud.close());

  for (const [way, fault] of Object.entries(once)) {
    test(`two messages of a new customer: every write is ${way}`, async () => {
      const tried = new Set<string>();
      const isNew = (input: unknown) => isWrite(input) && tried.size < tried.add(JSON.stringify(input)).size;
      cloud.dynamoDb.faults.add({ ...fault, match: isNew, times: 1000 });
      await checkTwoMessages(way);
      assert.ok(tried.size >= 8);
      cloud.dynamoDb.faults.clear();
    });
  }

  test('two messages of a new customer, wherever the product gives up', async () => {
    const writes = await recordWrites(twoMessages);
    assert.deepEqual(new Set(writes.map(kindOf)), new Set(['message', 'conversation', 'contact', 'identity', 'feed']));
    for (const place of writes.keys()) {
      for (const [way, faults] of Object.entries(always)) {
        const name = `${kindOf(writes[place])} (write ${place + 1}), ${way}`;
        await withFaults(place, faults, () => checkTwoMessages(name));
      }
    }
    await checkFeed();
  });

  test('a message that has no time of its own, whatever fails', async () => {
    const conflict: Fault = { error: 'TransactionConflictException' };
    const passing = Object.entries({ ...once, 'another transaction is in the way': conflict });
    const ways = [...passing.map(([way, fault]) => [way, [fault]] as const), ...Object.entries(always)];
    for (const [way, faults] of ways) {
      const { from, webhook } = timeless();
      for (const fault of faults) cloud.dynamoDb.faults.add({ ...fault, operation: 'TransactWriteItems' });
      const tries = await deliver(webhook);
      assert.equal(tries, Object.hasOwn(always, way) ? 2 : 1, way);
      await deliver(webhook);
      await eventually(`the message (${way})`, async () => (await conversationOf(from))?.['unread_count'] === 1);
      assert.equal((await messagesOf(from)).length, 1, way);
      cloud.dynamoDb.faults.clear();
    }
  });

  test('when a lookup fails, the webhook is not taken, and nothing is stored', async () => {
    const { webhook } = timeless();
    await cloud.drain();
    const before = (await storedItems(cloud)).length;
    const stranger = { ...webhook, url: webhook.url.replace(/[^/]*$/, 'acc_00000000-0000-7000-8000-000000000001') };
    cloud.dynamoDb.faults.add({ operation: 'GetItem', error: 'InternalServerError', times: 3 });
    assert.equal((await post(stranger)).status, 500);
    assert.equal((await storedItems(cloud)).length, before);
    assert.equal((await post(stranger)).status, 401);
  });
});

/** Two messages, one after the other, each delivered until it is taken, and then once more. */
async function twoMessages(from: string): Promise<void> {
  for (const text of ['First', 'Second']) {
    const { contact, message } = cloudText(from, text);
    const known = { ...contact, user_id: `EG.${from}` };
    const change = cloudChange(account, { contacts: [known], messages: [message] });
    const webhook = signCloud(account, cloudEnvelope(account, [change]));
    await deliver(webhook);
    await deliver(webhook);
    await cloud.drain();
  }
}

async function checkTwoMessages(name: string): Promise<void> {
  const from = newCustomer();
  await twoMessages(from);
  const messages = await messagesOf(from);
  assert.equal(messages.length, 2, name);
  assert.deepEqual(new Set(messages.map((row) => row['message'])), new Set(['First', 'Second']), name);
  assert.equal((await conversationOf(from))?.['unread_count'], 2, name);
  const [contact] = await rows(cloud, nile, `contacts?phone=eq.%2B${from}`);
  assert.equal((contact?.['identities'] as unknown[] | undefined)?.length, 2, name);
}

/** As a provider does: again and again, until the answer is 2xx. Answers how often that was. */
async function deliver(webhook: SignedWebhook): Promise<number> {
  for (let tries = 1; tries < 5; tries++) {
    if ((await post(webhook)).status === 200) return tries;
    await delay(10);
  }
  throw new Error('the webhook is never taken');
}

async function recordWrites(work: (from: string) => Promise<void>): Promise<unknown[]> {
  const writes: unknown[] = [];
  const record = (input: unknown) => {
    if (isWrite(input)) writes.push(input);
    return false;
  };
  cloud.dynamoDb.faults.add({ match: record });
  await work(newCustomer());
  cloud.dynamoDb.faults.clear();
  return writes;
}

/** Lets the work's write at this place fail, and the product's further tries of it, as the faults say. */
async function withFaults(place: number, faults: Fault[], work: () => Promise<void>): Promise<void> {
  let seen = 0;
  let failing: string | undefined;
  const met = (input: unknown) => {
    if (!isWrite(input)) return false;
    if (failing === undefined && seen++ === place) failing = JSON.stringify(input);
    return JSON.stringify(input) === failing;
  };
  const [first, ...rest] = faults;
  cloud.dynamoDb.faults.add({ ...first, match: met });
  for (const fault of rest)
    cloud.dynamoDb.faults.add({ ...fault, match: (input) => JSON.stringify(input) === failing });
  await work();
  assert.notEqual(failing, undefined, 'the fault was met');
  cloud.dynamoDb.faults.clear();
}

function isWrite(input: unknown): boolean {
  const { Item, UpdateExpression, TransactItems } = input as Record<string, unknown>;
  return (Item ?? UpdateExpression ?? TransactItems) !== undefined;
}

function kindOf(input: unknown): string {
  const text = JSON.stringify(input);
  if (text.includes('"message#')) return 'message';
  if (text.includes('"S":"conversation"')) return 'conversation';
  return /#(contact|identit(?:y|ies)|feed)/.exec(text)?.[1]?.replace('ies', 'y') ?? 'something else';
}

async function messagesOf(from: string) {
  const conversation = await conversationOf(from);
  return rows(cloud, nile, `messages?conversation_id=eq.${String(conversation?.id)}`);
}

async function conversationOf(from: string) {
  const [contact] = await rows(cloud, nile, `contacts?phone=eq.%2B${from}`);
  if (!contact) return undefined;
  return (await rows(cloud, nile, `conversations?contact_id=eq.${contact.id}`))[0];
}

/** Without a gap, and every message in it. */
async function checkFeed(): Promise<void> {
  const feed = (await ask(cloud, nile, '/rest/v1/changes?seq=gt.0&limit=1000')).body as unknown as {
    seq: number;
    changes: { message_id: string }[];
  }[];
  const numbers = feed.map(({ seq }) => seq);
  assert.deepEqual(
    numbers,
    numbers.map((_, index) => (numbers[0] ?? 0) + index),
  );
  const told = new Set(feed.flatMap(({ changes }) => changes.map(({ message_id }) => message_id)));
  const stored = await rows(cloud, nile, 'messages?select=id&limit=1000');
  assert.deepEqual(
    stored.filter(({ id }) => !told.has(id)),
    [],
  );
}

function timeless(): { from: string; webhook: SignedWebhook } {
  const from = newCustomer();
  const webhook = liteInbound(lite, `+${from}`, 'No time');
  const { timestamp: _, ...body } = JSON.parse(webhook.body) as Record<string, unknown>;
  return { from, webhook: { ...webhook, body: JSON.stringify(body) } };
}

function newCustomer(): string {
  return `20155030${String(customers++).padStart(4, '0')}`;
}
