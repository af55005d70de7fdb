import assert from 'node:assert/strict';
import test from 'node:test';
import type { Receipt } from '@parley/core/channels/contract.ts';
import { identityOf } from '@parley/core/channels/web_push/address.ts';
import { contentOf } from '@parley/core/channels/web_push/content.ts';
import type { Credentials } from '@parley/core/channels/web_push/credentials.ts';
import { check } from '@parley/core/channels/web_push/limits.ts';
import { requestOf } from '@parley/core/channels/web_push/request.ts';
import { send } from '@parley/core/channels/web_push/send.ts';
import type { ConnectedAccount } from '@parley/core/domain/channel-account.ts';
import type { Identity } from '@parley/core/domain/contact.ts';
import { accountOf } from './cases/cases.ts';
import { cases } from './cases/web_push/index.ts';
import { subscriptionAt } from './cases/web_push/keys.ts';
import { startProvider, type Captured, type Reply } from './provider.ts';

interface Asked {
  receipt: Receipt;
  requests: Captured[];
}

type To = (url: string) => Identity[];

const browserAt: To = (url) => [identityOf(subscriptionAt(`${url}/wp/1`))];

async function push(reply: Reply, to: To = browserAt, baseUrl?: string): Promise<Asked> {
  const provider = await startProvider(() => reply);
  try {
    const account = accountOf(cases, baseUrl ?? provider.url) as ConnectedAccount<Credentials>;
    const identities = to(provider.url) as [Identity];
    const outgoing = { reference: 'ref-1', to: { identities }, body: { type: 'text' as const, text: 'hello' } };
    return { receipt: await send(outgoing, account), requests: provider.requests };
  } finally {
    await provider.close();
  }
}

const refusals: [status: number, expected: [string, string, retryable: boolean, permanent: boolean]][] = [
  [400, ['invalid', 'bad_request', false, true]],
  [401, ['auth', 'vapid_refused', false, false]],
  [403, ['auth', 'vapid_mismatch', false, false]],
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
  const { requests } = await push({ status: 201 }, (url) =>
    ['old', 'new'].map((id) => identityOf(subscriptionAt(`${url}/wp/${id}`))),
  );
  assert.deepEqual(
    requests.map(({ path }) => path),
    ['/wp/new'],
  );
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
    const { receipt, requests } = await push({ status: 201 }, to, baseUrl);
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
    subscriptionAt('https://fcm.googleapis.com/x'),
    wordy,
  );
  const bytes = (push?.body.length ?? 0) - 103;
  assert.ok(bytes > 2400 && bytes <= 2800, String(bytes));
});
