import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { startCloud } from '@parley/local/cloud.ts';
import type { Cloud } from '@parley/local/cloud.ts';
import { accountOf, ask, eventually, rows } from '../../support/cloud.ts';
import type { Reachable, Row } from '../../support/cloud.ts';
import { fault, thread } from '../../support/phones.ts';
import type { PhoneMessage } from '../../support/phones.ts';
import { startProduct, temporaryFolder, run, gone } from './product-process.ts';
import { customers, organizationOf, redeliver, traffic } from './traffic.ts';
import type { Customer, Journal } from './traffic.ts';

const ROUNDS = 3;

test('whatever is answered survives kill -9, once', async (t) => {
  const data = temporaryFolder();
  const journal: Journal = { arrived: [], sent: [], shown: [] };
  const people = await killAgainAndAgain(data, journal);
  t.diagnostic(`${journal.arrived.length} webhooks, ${journal.sent.length} sends, ${ROUNDS} kills`);

  const cloud = await startCloud({ data, port: 0, fresh: false, log: () => {} });
  let isClosed = false;
  after(() => isClosed || cloud.close());
  await redeliver(cloud, journal);
  await cloud.drain();
  const messages = await allMessages(cloud);
  await t.test('every webhook is one message', () => checkArrived(journal, messages));
  await t.test('every send reached the customer once, or is known to be unknown', () =>
    checkSent(cloud, journal, messages),
  );
  await t.test('unread counts are exact, and the newest message is shown', () => checkConversations(cloud, messages));
  await t.test('the feed has no gaps and names every message', () => checkFeed(cloud, messages));
  await t.test('phones keep their threads', () => checkThreads(cloud, people, journal));
  await t.test('what a phone got is known, where its provider tells', () => checkReceipts(cloud, people));
  await cloud.close();
  isClosed = true;
  await t.test('nothing is stuck', () => checkLeftovers(data, messages));
});

test('Ctrl-C in the midst of traffic leaves nothing unknown', async () => {
  const data = temporaryFolder();
  const journal: Journal = { arrived: [], sent: [], shown: [] };
  const product = await startProduct(data);
  const people = await customers(product);
  for (const channel of new Set(people.map((person) => person.channel)))
    await fault(product, channel, { times: 1000, delay_ms: 150 });
  const running = traffic(product, people, journal);
  await untilMore(journal, 20);
  const { code } = await product.stop();
  await running;
  assert.equal(code, 0);

  const cloud = await startCloud({ data, port: 0, fresh: false, log: () => {} });
  after(() => cloud.close());
  await redeliver(cloud, journal);
  await cloud.drain();
  const messages = await allMessages(cloud);
  assert.deepEqual(messages.filter(isUnknown), []);
  checkArrived(journal, messages);
  await checkSent(cloud, journal, messages);
});

/** Runs the product and kills it in the midst of traffic, a few times; once also while it starts. */
async function killAgainAndAgain(data: string, journal: Journal): Promise<Customer[]> {
  let people: Customer[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const product = await startProduct(data);
    if (round === 0) people = await customers(product);
    else await redeliver(product, journal);
    const running = traffic(product, people, journal);
    await untilMore(journal, 8 + Math.ceil(Math.random() * 22));
    await delay(Math.random() * 150);
    journal.shown.push(...(await shownTo(product, people)));
    await product.kill();
    await running;
    if (round === 1) await killWhileItStarts(data);
  }
  return people;
}

/** Until so many more sends, and so many more webhooks, were answered. */
async function untilMore({ sent, arrived }: Journal, count: number): Promise<void> {
  const answered = () =>
    Math.min(
      sent.filter(({ messageId }) => messageId !== undefined).length,
      arrived.filter(({ isAnswered }) => isAnswered).length,
    );
  const enough = answered() + count;
  await eventually(`${count} more answers`, () => answered() >= enough);
}

async function killWhileItStarts(data: string): Promise<void> {
  const starting = run(['--data', data, '--port', '0', '--no-open']);
  await delay(200 + Math.random() * 600);
  starting.signal('SIGKILL');
  await gone(starting);
}

function checkArrived({ arrived }: Journal, messages: Row[]): void {
  const texts = Map.groupBy(messages, ({ message }) => message);
  assert.ok(arrived.length > 20);
  for (const { text, isAnswered } of arrived) {
    assert.ok(isAnswered);
    assert.equal(texts.get(text)?.length, 1, text);
  }
}

async function checkSent(cloud: Cloud, { sent }: Journal, messages: Row[]): Promise<void> {
  const byText = Map.groupBy(messages, ({ message }) => message);
  assert.ok(sent.filter(({ messageId }) => messageId !== undefined).length > 10);
  for (const { text, messageId, customer } of sent) {
    const [row, ...more] = byText.get(text) ?? [];
    const shown = (await threadOf(cloud, customer)).filter((message) => message.text === text);
    assert.deepEqual(more, []);
    assert.ok(shown.length <= 1, `${text} was sent ${shown.length} times`);
    if (messageId !== undefined) assert.equal(row?.id, messageId);
    if (row === undefined) assert.equal(shown.length, 0);
    else if (!isUnknown(row)) assert.equal(shown.length, 1, JSON.stringify(row));
  }
}

/** Waits for its verdict: nobody knows whether the provider was asked. */
function isUnknown({ status, error }: Row): boolean {
  return status === 'PENDING' && (error as { code: string } | null)?.code === 'unknown_outcome';
}

async function checkConversations(cloud: Cloud, messages: Row[]): Promise<void> {
  const byConversation = Map.groupBy(messages, (message) => message['conversation_id']);
  const conversations = await rows(cloud, organizationOf(cloud), 'conversations?limit=100');
  assert.deepEqual(conversations.map(({ id }) => id).toSorted(), [...byConversation.keys()].map(String).toSorted());
  for (const conversation of conversations) {
    const own = byConversation.get(conversation.id) ?? [];
    const inbound = own.filter(({ direction }) => direction === 'INBOUND');
    assert.equal(conversation['unread_count'], inbound.length);
  }
}

async function checkFeed(cloud: Cloud, messages: Row[]): Promise<void> {
  const entries: Entry[] = [];
  for (let more = true; more;) {
    const after = entries.at(-1)?.seq ?? 0;
    const page = (await ask(cloud, organizationOf(cloud), `/rest/v1/changes?seq=gt.${after}&limit=100`)).body;
    entries.push(...(page as unknown as Entry[]));
    more = Object.keys(page).length > 0;
  }
  const [first] = entries;
  assert.deepEqual(
    entries.map(({ seq }) => seq - (first?.seq ?? 0)),
    entries.map((_, index) => index),
  );
  const created = entries.flatMap(({ changes }) => changes).filter(({ type }) => type === 'message.created');
  assert.deepEqual(
    [...new Set(created.map(({ message_id }) => String(message_id)))].toSorted(),
    messages.map(({ id }) => id).toSorted(),
  );
}

interface Entry {
  seq: number;
  changes: { type: string; message_id?: string }[];
}

async function checkThreads(cloud: Cloud, people: Customer[], { shown }: Journal): Promise<void> {
  const still = new Set(await shownTo(cloud, people));
  assert.ok(shown.length > 10);
  assert.deepEqual(
    shown.filter((text) => !still.has(text)),
    [],
  );
}

/** Statuses and echoes that were under way are sent again, and settle even what the sender left unknown. Telegram has none. */
async function checkReceipts(cloud: Cloud, people: Customer[]): Promise<void> {
  for (const person of people.filter(({ channel }) => channel !== 'telegram')) {
    const shown = await threadOf(cloud, person);
    for (const { text } of shown.filter(({ from }) => from === 'business')) {
      let row: Row | undefined;
      const isDelivered = async () => {
        [row] = await rows(cloud, organizationOf(cloud), `messages?message=eq.${encodeURIComponent(text ?? '')}`);
        return row?.['status'] === 'DELIVERED';
      };
      await eventually(() => `'${text}' is delivered: ${JSON.stringify(row)}`, isDelivered);
    }
  }
}

/** Every text on the customers' phones. */
async function shownTo(cloud: Reachable, people: Customer[]): Promise<string[]> {
  const threads = await Promise.all(people.map((person) => threadOf(cloud, person)));
  return threads.flat().map(({ text }) => text ?? '');
}

function threadOf(cloud: Reachable, { channel, phone }: Customer): Promise<PhoneMessage[]> {
  return thread(cloud, accountOf(organizationOf(cloud), channel), phone);
}

function checkLeftovers(data: string, messages: Row[]): void {
  const queues = new DatabaseSync(join(data, 'queues-and-buckets/fauxqs.db'), { readOnly: true });
  assert.deepEqual(queues.prepare('SELECT queue_name, body FROM sqs_messages').all(), []);
  queues.close();
  const schedules = new DatabaseSync(join(data, 'scheduler.sqlite'), { readOnly: true });
  const names = schedules
    .prepare('SELECT name FROM schedules')
    .all()
    .map(({ name }) => String(name));
  schedules.close();
  for (const { id } of messages.filter(isUnknown))
    assert.ok(
      names.some((name) => name.includes(id.slice(4, 40))),
      `${id} waits for nothing`,
    );
}

async function allMessages(cloud: Reachable): Promise<Row[]> {
  const all: Row[] = [];
  for (let more = true; more;) {
    const page = await rows(
      cloud,
      organizationOf(cloud),
      `messages?order=created_at.asc,id.asc&limit=100&offset=${all.length}`,
    );
    all.push(...page);
    more = page.length > 0;
  }
  return all;
}
