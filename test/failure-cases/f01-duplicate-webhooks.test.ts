import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization } from '../support/cloud.ts';
import { listen } from '../support/live.ts';
import { storedItems } from '../support/table.ts';
import {
  cloudChange,
  cloudEnvelope,
  cloudInbound,
  cloudText,
  liteInbound,
  post,
  signCloud,
  telegramInbound,
  hmac,
} from '../support/webhooks.ts';
import type { SignedWebhook } from '../support/webhooks.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const live = await listen(cloud, { apikey: nile.api_key });

suite('F01: the same webhook many times', () => {
  after(() => cloud.close());

  test('whatsapp_cloud: a webhook delivered again and again is one message', async () => {
    const account = accountOf(nile, 'whatsapp_cloud');
    const webhook = cloudInbound(account, '201550000001', 'Once');
    await checkOnce(account.id, webhook, signCloud(account, reordered(JSON.parse(webhook.body))), {
      ...spaced(webhook),
      headers: { 'X-Hub-Signature-256': `sha256=${hmac(account.app_secret, spaced(webhook).body)}` },
    });
  });

  test('telegram: a webhook delivered again and again is one message', async () => {
    const account = accountOf(nile, 'telegram');
    const webhook = telegramInbound(account, 755000001, 'Once');
    await checkOnce(account.id, webhook, withBody(webhook, reordered(JSON.parse(webhook.body))), spaced(webhook));
  });

  test('whatsapp_lite: a webhook delivered again and again is one message', async () => {
    const account = accountOf(nile, 'whatsapp_lite');
    const webhook = liteInbound(account, '+201550000003', 'Once');
    const again = spaced(webhook);
    await checkOnce(account.id, webhook, withBody(webhook, reordered(JSON.parse(webhook.body))), {
      ...again,
      headers: { 'X-Parley-Signature': `sha256=${hmac(account.webhook_secret, again.body)}` },
    });
  });

  test('the same message twice in one webhook, and without a time of its own, is one message', async () => {
    const account = accountOf(nile, 'whatsapp_cloud');
    const { contact, message } = cloudText('201550000004', 'Twice in one');
    const change = cloudChange(account, { contacts: [contact], messages: [message, message] });
    assert.equal((await post(signCloud(account, cloudEnvelope(account, [change, change])))).status, 200);
    await checkStored(account.id, 'Twice in one');

    const lite = accountOf(nile, 'whatsapp_lite');
    const flat = liteInbound(lite, '+201550000005', 'No time');
    const { timestamp: _, ...timeless } = JSON.parse(flat.body) as Record<string, unknown>;
    await checkOnce(lite.id, withBody(flat, timeless), withBody(flat, reordered(timeless)));
  });
});

/** Delivers the first five times at once and once more later, then the others: the same message in other bytes. */
async function checkOnce(account: string, webhook: SignedWebhook, ...others: SignedWebhook[]): Promise<void> {
  const text = textOf(webhook);
  const atOnce = await Promise.all(Array.from({ length: 5 }, () => post(webhook)));
  await eventually('the message', async () => (await messagesOf(account, text)).length > 0);
  await cloud.drain();
  const before = await storedMessages();
  const later = await Promise.all([webhook, ...others].map(post));
  const statuses = [...atOnce, ...later].map(({ status }) => status);
  assert.deepEqual(
    statuses,
    statuses.map(() => 200),
  );
  await checkStored(account, text);
  assert.deepEqual(await storedMessages(), before, 'a redelivery writes nothing');
}

async function storedMessages() {
  return (await storedItems(cloud)).filter(({ sk }) => sk.startsWith('message#'));
}

async function checkStored(account: string, text: string): Promise<void> {
  await eventually('the message', async () => (await messagesOf(account, text)).length > 0);
  await cloud.drain();
  const messages = await messagesOf(account, text);
  const [message] = messages;
  assert.equal(messages.length, 1);
  const conversations = await rows(cloud, nile, `conversations?contact_id=eq.${String(message?.['contact_id'])}`);
  assert.equal(conversations.length, 1);
  assert.equal(conversations[0]?.id, message?.['conversation_id']);
  assert.equal(conversations[0]?.['unread_count'], 1);
  const [identity] = (await rows(cloud, nile, `contacts?id=eq.${String(message?.['contact_id'])}`)).map(firstIdentity);
  const sameIdentity = (await rows(cloud, nile, 'contacts')).filter((contact) => firstIdentity(contact) === identity);
  assert.equal(sameIdentity.length, 1);
  await eventually('the event', () => live.rows('message.created', message?.id).length > 0);
  assert.equal(live.rows('message.created', message?.id).length, 1);
  assert.equal(live.rows('message.updated', message?.id).length, 0);
}

function messagesOf(account: string, text: string) {
  return rows(cloud, nile, `messages?channel_account_id=eq.${account}&message=eq.${encodeURIComponent(text)}`);
}

function firstIdentity(contact: Record<string, unknown>): unknown {
  return (contact['identities'] as { value: string }[])[0]?.value;
}

function textOf(webhook: SignedWebhook): string {
  return /"(Once|No time)"/.exec(webhook.body)?.[1] ?? '';
}

function withBody(webhook: SignedWebhook, body: unknown): SignedWebhook {
  return { ...webhook, body: JSON.stringify(body) };
}

function spaced(webhook: SignedWebhook): SignedWebhook {
  return { ...webhook, body: JSON.stringify(JSON.parse(webhook.body), null, 3) };
}

/** The same value with the members of every object the other way round. */
function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, reordered(member)] as const);
  return Object.fromEntries(members.toReversed());
}
