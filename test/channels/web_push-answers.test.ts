import assert from 'node:assert/strict';
import test from 'node:test';
import type { Receipt } from '@parley/core/channels/contract.ts';
import { channel } from '@parley/core/channels/web_push/index.ts';
import { identityOf } from '@parley/core/channels/web_push/address.ts';
import { contentOf } from '@parley/core/channels/web_push/content.ts';
import type { Credentials } from '@parley/core/channels/web_push/credentials.ts';
import { check } from '@parley/core/channels/web_push/limits.ts';
import { requestOf } from '@parley/core/channels/web_push/request.ts';
import { send } from '@parley/core/channels/web_push/send.ts';
import type { ConnectedAccount } from '@parley/core/domain/channel-account.ts';
import type { Body } from '@parley/core/domain/body.ts';
import type { Identity } from '@parley/core/domain/contact.ts';
import { accountOf } from './cases/cases.ts';
import { newKeyPair } from '@parley/local/providers/web_push/key-pair.ts';
import { opened } from './cases/web_push/account.ts';
import { cases } from './cases/web_push/index.ts';
import { subscriptionAt } from './cases/web_push/keys.ts';
import { withProvider, type Captured, type Reply } from './provider.ts';

interface Asked {
  receipt: Receipt;
  requests: Captured[];
}

type To = (url: string) => Identity[];

const renewed: To = (url) => ['old', 'new'].map((id) => identityOf(subscriptionAt(`${url}/wp/${id}`)));

const browserAt: To = (url) => [identityOf(subscriptionAt(`${url}/wp/1`))];

interface Way {
  to?: To;
  baseUrl?: string;
  credentials?: object;
  body?: Body;
  options?: Record<string, unknown>;
  /** the account's */
  name?: string;
}

function push(
  reply: Reply | ((request: Captured) => Reply),
  { to = browserAt, baseUrl, credentials, body = { type: 'text', text: 'hello' }, options = {}, name }: Way = {},
): Promise<Asked> {
  return withProvider(reply, async ({ url, requests }) => {
    const own = { ...cases, credentials: { ...Object(cases.credentials), ...credentials } };
    const called = accountOf(own, baseUrl ?? url) as ConnectedAccount<Credentials>;
    const account = { ...called, name: name ?? called.name };
    const identities = to(url) as [Identity];
    return { receipt: await send({ reference: 'ref-1', to: { identities }, body, options }, account), requests };
  });
}

const refusals: [status: number, expected: [string, string, retryable: boolean, permanent: boolean]][] = [
  [400, ['invalid', 'bad_request', false, true]],
  [401, ['recipient_unavailable', 'vapid_refused', false, false]],
  [403, ['recipient_unavailable', 'vapid_mismatch', false, false]],
  [404, ['recipient_unavailable', 'gone', false, true]],
  [406, ['rate_limited', 'too_many', true, false]],
  [410, ['recipient_unavailable', 'gone', false, true]],
  [413, ['invalid', 'too_large', false, true]],
  [415, ['invalid', 'refused', false, true]],
  [429, ['rate_limited', 'too_many', true, false]],
  [500, ['provider_down', 'push_service_down', true, false]],
  [503, ['provider_down', 'push_service_down', true, false]],
];

for (const [status, expected] of refusals) {
  test(`${status} is ${expected[1]}`, async () => {
    const { receipt } = await push({ status, json: { code: status, errno: 999 } });
    assert.equal(receipt.outcome, 'refused');
    const { error, retryable } = receipt;
    assert.deepEqual([error.class, error.code, retryable, error.permanent], expected);
    assert.equal(error.providerCode, `${status}/999`);
    assert.equal(receipt.gone, status === 404 || status === 410 ? true : undefined);
  });
}

for (const status of [200, 201, 202]) {
  test(`${status} is taken, under the reference that the worker will tell`, async () => {
    const { receipt } = await push({ status });
    assert.deepEqual(receipt, { outcome: 'accepted', providerMessageId: 'ref-1' });
  });
}

test('a push service that is down says until when, as a date too', async () => {
  const date = new Date(Date.now() + 90_000).toUTCString();
  const { receipt } = await push({ status: 503, headers: { 'retry-after': date } });
  assert.equal(receipt.outcome, 'refused');
  const wait = receipt.retryAfterMs ?? 0;
  assert.ok(wait > 80_000 && wait <= 90_000, String(wait));
});

test('of several subscriptions the newest is asked', async () => {
  const { requests } = await push({ status: 201 }, { to: renewed });
  assert.deepEqual(
    requests.map(({ path }) => path),
    ['/wp/new'],
  );
});

const image = 'https://files.example.com/offer.png';

test('what is too large for the push service goes once more with the words alone', async () => {
  const body: Body = { type: 'image', media: { status: 'ready', link: image }, text: 'ش'.repeat(500) };
  const { receipt, requests } = await push(({ bytes }) => ({ status: bytes.length > 900 ? 413 : 201 }), {
    body,
    options: { icon: image, topic: 'offers' },
  });
  assert.equal(requests.length, 2);
  assert.deepEqual(receipt, {
    outcome: 'accepted',
    providerMessageId: 'ref-1',
    detail: 'Sent shortened: the whole was too large for the push service.',
  });
  const { notification } = opened(requests[1] as Captured) as { notification: Record<string, unknown> };
  assert.equal(notification['body'], `${'ش'.repeat(199)}…`);
  assert.deepEqual([notification['image'], notification['icon']], [undefined, undefined]);
  assert.equal(requests[1]?.headers['topic'], 'offers');
});

test('what is cut is cut between characters as people see them', async () => {
  const family = '👨‍👩‍👧‍👦';
  const name = `${'n'.repeat(38)}👍🏽`;
  const { requests } = await push(({ bytes }) => ({ status: bytes.length > 1500 ? 413 : 201 }), {
    body: { type: 'text', text: family.repeat(60) },
    name,
  });
  assert.equal(requests.length, 2);
  const { notification } = opened(requests[1] as Captured) as { notification: Record<string, unknown> };
  assert.deepEqual([notification['body'], notification['title']], [`${family.repeat(28)}…`, `${'n'.repeat(38)}…`]);
});

test('a link to a file that makes it too large for any push service is left out before it is asked', async () => {
  const link = image.padEnd(4000, 'x');
  const body: Body = { type: 'image', media: { status: 'ready', link, key: 'k' }, text: 'Look' };
  const { receipt, requests } = await push({ status: 201 }, { body });
  assert.equal(receipt.outcome === 'accepted' && receipt.detail?.startsWith('Sent shortened'), true);
  assert.equal(requests.length, 1);
});

test('a subscription made for a key that the site had before is reached with that key', async () => {
  const former = [newKeyPair(), newKeyPair()];
  const former_keys = former.map((pair) => `${pair.public_key}.${pair.private_key}`).join(' ');
  for (const [index, pair] of former.entries()) {
    const isItsKey = ({ headers }: Captured) => String(headers['authorization']).endsWith(`k=${pair.public_key}`);
    const { receipt, requests } = await push((request) => ({ status: isItsKey(request) ? 201 : 403 }), {
      credentials: { former_keys },
    });
    assert.equal(receipt.outcome, 'accepted');
    assert.equal(requests.length, index + 2);
  }
  const { receipt, requests } = await push({ status: 403 }, { credentials: { former_keys } });
  assert.equal(receipt.outcome === 'refused' && receipt.error.code, 'vapid_mismatch');
  assert.equal(requests.length, 3);
});

test('keys that are no pair are the account’s trouble, and nobody is asked', async () => {
  const { private_key } = newKeyPair();
  const { receipt, requests } = await push({ status: 201 }, { credentials: { private_key } });
  assert.deepEqual(receipt.outcome === 'refused' && [receipt.error.class, receipt.error.code], [
    'auth',
    'bad_vapid_keys',
  ]);
  assert.equal(requests.length, 0);
  const good = accountOf(cases, '') as ConnectedAccount<Credentials>;
  const probe = await channel.probe?.(good);
  assert.equal(probe?.ok && probe.facts?.['former_keys'], '0');
  const bad = await channel.probe?.({ ...good, credentials: { ...good.credentials, private_key } });
  assert.equal(!bad?.ok && bad?.error.code, 'bad_vapid_keys');
});

test('a browser refuses to tell aloud of what has no tag', () => {
  const text: Body = { type: 'text', text: 'a' };
  assert.equal(check(text, { renotify: true, tag: 'order-7' }), undefined);
  assert.match(check(text, { renotify: true })?.message ?? '', /options\.renotify goes only with options\.tag/);
});

const kept: [what: string, code: string, to: To, baseUrl?: string][] = [
  ['a machine of ours', 'unknown_push_service', browserAt, 'https://fcm.googleapis.com'],
  ['another port of this machine', 'unknown_push_service', browserAt, 'http://127.0.0.1:9'],
  ['an address inside', 'not_sendable', () => [identityOf(subscriptionAt('https://10.0.0.1/x'))]],
  [
    'a key that is no point of the curve',
    'bad_keys',
    (url) => [identityOf({ ...subscriptionAt(`${url}/x`), p256dh: `B${'A'.repeat(86)}` })],
  ],
];

for (const [what, code, to, baseUrl] of kept) {
  test(`nothing is sent to ${what}`, async () => {
    const { receipt, requests } = await push({ status: 201 }, { to, ...(baseUrl !== undefined && { baseUrl }) });
    assert.equal(receipt.outcome, 'refused');
    assert.deepEqual([receipt.error.code, receipt.retryable, requests.length], [code, false, 0]);
  });
}

test('the largest message of the wordiest site is one that Firefox for Android takes', () => {
  const [url, icon, badge] = ['a', 'b', 'c'].map((name) => `https://nile.example/${name}`.padEnd(128, 'x'));
  const account = accountOf({ ...cases, credentials: { ...Object(cases.credentials), url, icon, badge } }, '');
  const buttons = ['1', '2'].map((sign) => ({ id: sign.repeat(256), title: 'ش'.repeat(40) }));
  const interactive = { kind: 'buttons' as const, buttons, header: 'ش'.repeat(100) };
  const empty = { type: 'interactive' as const, interactive, text: '' };
  const spare = 1700 - Buffer.byteLength(JSON.stringify(contentOf(empty)));
  const body = { ...empty, text: 'x'.repeat(spare) };
  assert.equal(check(body), undefined);
  assert.match(check({ ...body, text: 'x'.repeat(spare + 1) })?.message ?? '', /has 1701 bytes/);
  const reference = `msg_${crypto.randomUUID()}_${crypto.randomUUID()}.1`;
  const { identities } = cases.to;
  const wordy = { ...account, name: 'ش'.repeat(60) } as ConnectedAccount<Credentials>;
  const push = requestOf(
    { reference, to: { identities }, body },
    subscriptionAt('https://fcm.googleapis.com/fcm/send/x'),
    wordy,
  );
  const bytes = (push?.body.length ?? 0) - 103;
  assert.ok(bytes > 2400 && bytes <= 2800, String(bytes));
});
