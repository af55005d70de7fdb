import assert from 'node:assert/strict';
import test from 'node:test';
import { channel } from '@parley/core/channels/instagram/index.ts';
import { readAs } from '@parley/core/channels/shared/read.ts';
import { accountOf } from './cases/cases.ts';
import { answered, challenged, graphError, sharedCodes, type CodeCase } from './cases/meta/graph.ts';
import { cases } from './cases/instagram/index.ts';

const codes: CodeCase[] = [
  ...sharedCodes,
  [10, 2534022, 400, 'window_closed', false, true],
  [10, 2534077, 400, 'auth', false, false],
  [100, 2534013, 400, 'auth', false, false],
  [100, 2534014, 400, 'recipient_unavailable', false, true],
  [100, 2534015, 400, 'invalid', false, true],
  [100, 2534025, 400, 'invalid', false, true],
  [100, 2534029, 400, 'account_restricted', false, false],
  [100, 2534037, 400, 'account_restricted', false, false],
  [200, 2534041, 403, 'auth', false, false],
  [613, 2534040, 400, 'rate_limited', true, false],
  [36103, 0, 400, 'account_restricted', false, false],
];

for (const [code, subcode, status, kind, retryable, permanent] of codes) {
  const what = subcode === 0 ? String(code) : `${code}/${subcode}`;
  test(`Instagram: ${what} with ${status} is ${kind}, ${retryable ? 'tried again' : 'not tried again'}`, async () => {
    const reply = graphError(status, code, subcode === 0 ? {} : { subcode });
    const { receipt } = await answered(channel, cases, reply);
    assert.equal(receipt.outcome, 'refused');
    const { error } = receipt;
    assert.deepEqual(
      [error.class, receipt.retryable, error.permanent, error.providerCode],
      [kind, retryable, permanent, what],
    );
    assert.match(error.message, /^[A-Z].+\.$/);
    assert.doesNotMatch(JSON.stringify(receipt), /private words|IGAA/);
  });
}

test('Instagram: what may have been sent is never called refused', async () => {
  const replies = [
    graphError(400, 1, { subcode: 1_357_046 }),
    graphError(500, 999_999),
    { status: 200, json: { recipient_id: '1' } },
    { status: 200, text: 'ok' },
  ];
  for (const reply of replies) assert.equal((await answered(channel, cases, reply)).receipt.outcome, 'unknown');
});

test('Instagram: an unknown failure that passes is tried again', async () => {
  const { receipt } = await answered(channel, cases, graphError(500, 999_999, { transient: true }));
  assert.equal(receipt.outcome === 'refused' && receipt.retryable, true);
});

test('Instagram: a reaction is answered without an id', async () => {
  const body = { type: 'reaction', emoji: '❤', target: 'm_1' } as const;
  const { receipt } = await answered(channel, cases, { status: 200, json: { recipient_id: '1' } }, body);
  assert.deepEqual(receipt, { outcome: 'accepted' });
  assert.equal((await answered(channel, cases, { status: 200, json: {} }, body)).receipt.outcome, 'unknown');
});

test('Instagram: the subscription check is answered with the challenge', () => {
  const asked = { 'hub.mode': 'subscribe', 'hub.verify_token': 'token', 'hub.challenge': '1158201444' };
  assert.equal(challenged(channel, asked), '1158201444');
  assert.equal(challenged(channel, { ...asked, 'hub.verify_token': 'old' }), '1158201444');
  for (const wrong of ['other', ''])
    assert.equal(challenged(channel, { ...asked, 'hub.verify_token': wrong }), undefined);
  assert.equal(challenged(channel, { ...asked, 'hub.mode': 'unsubscribe' }), undefined);
  for (const bad of ['', '<script>', 'a'.repeat(201), 'a\nb'])
    assert.equal(challenged(channel, { ...asked, 'hub.challenge': bad }), undefined);
});

test('Instagram: a file is fetched from its link, where no token goes', async () => {
  const link = 'https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=1';
  const account = accountOf(cases, 'https://graph.example') as Parameters<typeof channel.locateMedia>[1];
  assert.deepEqual(await channel.locateMedia({ link }, account), { ok: true, url: link, headers: {} });
  for (const media of [{}, { link: 'nowhere' }]) {
    const location = await channel.locateMedia(media, account);
    assert.equal(!location.ok && location.permanent, true);
  }
});

test('Instagram: a payload of another product is set aside whole', () => {
  const payload = { object: 'page', entry: [{}] };
  assert.deepEqual(channel.normalise(payload), [{ ok: false, reason: "not a webhook of 'instagram'", raw: payload }]);
});

test('Instagram: without a server of its own, an account asks the host of its login', async () => {
  const request = { reference: 'r', to: cases.to, body: { type: 'text', text: 'a' } } as const;
  const hosts: string[] = [];
  const { fetch } = globalThis;
  globalThis.fetch = async (url) => {
    hosts.push(new URL(url instanceof Request ? url.url : url).host);
    return Response.json({ message_id: 'm' });
  };
  try {
    const account = accountOf(cases, channel.manifest.baseUrl);
    const page = { login: 'facebook', access_token: 'EAAG', page_id: '1' } as const;
    await channel.send(request, { ...account, credentials: { login: 'instagram', access_token: 'IGAA' } });
    await channel.send(request, { ...account, credentials: page });
  } finally {
    globalThis.fetch = fetch;
  }
  assert.deepEqual(hosts, ['graph.instagram.com', 'graph.facebook.com']);
});

test('Instagram: a login with Facebook needs its page', async () => {
  const credentials = await channel.credentials();
  assert.ok(readAs(credentials, { login: 'facebook', access_token: 'EAAG', page_id: '104523456789012' }));
  assert.equal(readAs(credentials, { login: 'facebook', access_token: 'EAAG' }), undefined);
  assert.equal(readAs(credentials, { access_token: 'IGAA' }), undefined);
});
