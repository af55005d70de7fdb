import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization } from '../support/cloud.ts';
import { listen } from '../support/live.ts';
import {
  cloudChange,
  cloudEnvelope,
  cloudInbound,
  cloudText,
  liteInbound,
  post,
  signCloud,
  telegramInbound,
} from '../support/webhooks.ts';
import type { SignedWebhook } from '../support/webhooks.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const account = accountOf(nile, 'whatsapp_cloud');
const live = await listen(cloud, { apikey: nile.api_key });
/** Whole seconds, as Meta and Telegram count. */
const began = Math.floor(Date.now() / 1000) * 1000 - 60_000;

suite('F02: an album of a new contact races itself', () => {
  after(() => cloud.close());

  test('whatsapp_cloud: ten webhooks at once', async () => {
    const album = albumOf('WhatsApp').map(({ text, at }) => cloudInbound(account, '201560000001', text, { at }));
    await checkAlbum('WhatsApp', account.id, album);
  });

  test('telegram: ten webhooks at once', async () => {
    const bot = accountOf(nile, 'telegram');
    const album = albumOf('Telegram').map(({ text, at }) => telegramInbound(bot, 756000001, text, { at }));
    await checkAlbum('Telegram', bot.id, album);
  });

  test('whatsapp_lite: ten webhooks at once', async () => {
    const lite = accountOf(nile, 'whatsapp_lite');
    const album = albumOf('Lite').map(({ text, at }) =>
      liteInbound(lite, '+201560000003', text, { timestamp: new Date(at).toISOString() }),
    );
    await checkAlbum('Lite', lite.id, album);
  });

  test('ten messages in one webhook', async () => {
    await checkAlbum('Together', account.id, [inOne('201560000004', albumOf('Together'))]);
  });

  test('ten messages split over four webhooks at once', async () => {
    const album = albumOf('Split');
    const parts = [album.slice(0, 3), album.slice(3, 5), album.slice(5, 6), album.slice(6)];
    await checkAlbum(
      'Split',
      account.id,
      parts.map((part) => inOne('201560000005', part)),
    );
  });

  test('F21: 200 webhooks of two customers on one number never cross', async () => {
    const numbers = Array.from({ length: 200 }, (_, index) => `20156000001${index % 2}`);
    const texts = numbers.map((from, index) => ({ from, text: `${from} says ${index}` }));
    const answers = await atOnce(texts, ({ from, text }) => post(cloudInbound(account, from, text)));
    assert.ok(answers.every(({ status }) => status === 200));
    const pair = texts.slice(0, 2).map(({ from }) => cloudText(from, `${from} says together`));
    const change = { contacts: pair.map(({ contact }) => contact), messages: pair.map(({ message }) => message) };
    await post(signCloud(account, cloudEnvelope(account, [cloudChange(account, change)])));
    await cloud.drain();
    for (const from of new Set(numbers)) await checkOwn(from);
  });
});

interface Photo {
  text: string;
  at: number;
}

function albumOf(name: string): Photo[] {
  return Array.from({ length: 10 }, (_, index) => ({ text: `${name} ${index}`, at: began + index * 1000 }));
}

function inOne(from: string, album: Photo[]): SignedWebhook {
  const texts = shuffled(album).map(({ text, at }) => cloudText(from, text, { at }));
  const change = {
    contacts: texts.slice(0, 1).map(({ contact }) => contact),
    messages: texts.map((one) => one.message),
  };
  return signCloud(account, cloudEnvelope(account, [cloudChange(account, change)]));
}

async function checkAlbum(name: string, channelAccount: string, webhooks: SignedWebhook[]): Promise<void> {
  const answers = await Promise.all(shuffled(webhooks).map(post));
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
  const conversation = await eventually('ten messages counted', async () => {
    const found = await rows(cloud, nile, `conversations?channel_account_id=eq.${channelAccount}&unread_count=eq.10`);
    return found.find((row) => String(row['last_message_preview']).startsWith(name));
  });
  const messages = await rows(cloud, nile, `messages?conversation_id=eq.${conversation.id}&order=created_at.asc`);
  assert.deepEqual(
    messages.map((message) => message['message']),
    albumOf(name).map(({ text }) => text),
  );
  const contact = String(conversation['contact_id']);
  assert.equal((await rows(cloud, nile, `conversations?contact_id=eq.${contact}`)).length, 1);
  assert.equal((await rows(cloud, nile, `contacts?id=eq.${contact}`)).length, 1);
  await eventually('ten events', () => live.rows('message.created', conversation.id).length >= 10);
  assert.equal(new Set(live.rows('message.created', conversation.id).map(({ id }) => id)).size, 10);
  assert.equal(live.rows('message.created', conversation.id).length, 10);
}

async function checkOwn(from: string): Promise<void> {
  const [contact, ...others] = await rows(cloud, nile, `contacts?phone=eq.%2B${from}`);
  assert.equal(others.length, 0);
  const messages = await rows(cloud, nile, `messages?contact_id=eq.${contact?.id}&limit=1000`);
  assert.equal(messages.length, 101);
  assert.deepEqual(
    messages.filter((message) => !String(message['message']).startsWith(`${from} says`)),
    [],
  );
}

/** Twenty connections at a time. */
async function atOnce<T, R>(items: T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: 20 }, worker));
  return results;
}

function shuffled<T>(items: T[]): T[] {
  return items
    .map((item) => ({ item, key: Math.random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
