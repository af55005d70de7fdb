import assert from 'node:assert/strict';
import test from 'node:test';
import type { Receipt } from '@parley/core/channels/contract.ts';
import type { Credentials } from '@parley/core/channels/tiktok/credentials.ts';
import { channel } from '@parley/core/channels/tiktok/index.ts';
import { verifyAt } from '@parley/core/channels/tiktok/verify.ts';
import type { Body } from '@parley/core/domain/body.ts';
import type { ConnectedAccount } from '@parley/core/domain/channel-account.ts';
import { accountOf, REFERENCE, webhook } from './cases/cases.ts';
import { cases, refusal, to } from './cases/tiktok/index.ts';
import { withProvider, type Captured, type Reply } from './provider.ts';
import { assertRefused, type RefusalCase } from './refused.ts';

type Account = ConnectedAccount<Credentials>;

function withTiktok<T>(reply: Reply, use: (account: Account, asked: Captured[]) => Promise<T>): Promise<T> {
  return withProvider(reply, ({ url, requests }) =>
    use({ ...accountOf(cases, url), appId: 'aw1' } as Account, requests),
  );
}

function receiptOf(reply: Reply, body: Body = { type: 'text', text: 'private words' }): Promise<Receipt> {
  return withTiktok(reply, (account) => channel.send({ reference: REFERENCE, to, body }, account));
}

test("the signature is TikTok's own: a known example, good for five minutes either way", () => {
  const body =
    '{"client_key":"app_1","event":"im_receive_msg","create_time":1700000000,"user_openid":"biz_1","content":"{\\"type\\":\\"text\\",\\"text\\":{\\"body\\":\\"hi\\"}}"}';
  const s = '1627c61b068bce89249ed58c9fd904015fb341ca288bc8c8491b8aaed4a95cb9';
  const request = webhook(body, { 'tiktok-signature': `t=1700000000,s=${s}` });
  const signer = { id: 'app_1', secrets: [{ client_secret: 'example_app_secret' }] };
  const at = 1_700_000_000_000;
  for (const now of [at, at + 300_000, at - 300_000]) assert.equal(verifyAt(request, signer, now), true);
  for (const now of [at + 300_001, at - 300_001]) assert.equal(verifyAt(request, signer, now), false);
});

const codes: RefusalCase[] = [
  [40001, 'auth', false, false],
  [40002, 'invalid', false, true],
  [40007, 'recipient_unavailable', false, true],
  [40064, 'window_closed', false, true],
  [40100, 'rate_limited', true, false],
  [40105, 'auth', false, false],
  [40908, 'media_problem', false, true],
  [51065, 'provider_down', true, false],
  [50000, 'provider_down', true, false],
  [59999, 'provider_down', true, false],
  [60000, 'invalid', false, true],
  [41000, 'invalid', false, true],
];

for (const [code, kind, retryable, permanent] of codes) {
  test(`code ${code} in a 200 is ${kind}, ${retryable ? 'tried again' : 'not tried again'}`, async () => {
    const receipt = await receiptOf(refusal(code));
    assertRefused(receipt, [code, kind, retryable, permanent]);
    assert.doesNotMatch(JSON.stringify(receipt), /private words|act\.token/);
  });
}

test('a code counts whatever the HTTP status; without one the status does', async () => {
  const limited = await receiptOf({ status: 429, json: { code: 40064 } });
  assert.equal(limited.outcome === 'refused' && limited.error.class, 'window_closed');
  assert.equal((await receiptOf({ status: 500, json: { message: 'x' } })).outcome, 'unknown');
  assert.equal((await receiptOf({ status: 200, json: {} })).outcome, 'unknown');
  assert.equal((await receiptOf({ status: 200, json: { code: 0, data: {} } })).outcome, 'unknown');
});

test('who has no conversation can not be written to', async () => {
  const receipt = await withTiktok(cases.taken.answer, async (account, asked) => {
    const nobody = { identities: [{ kind: 'tiktok_user', value: 'hidden' }] } as const;
    const sent = await channel.send(
      { reference: REFERENCE, to: { identities: [...nobody.identities] }, body: { type: 'text', text: 'a' } },
      account,
    );
    assert.equal(asked.length, 0);
    return sent;
  });
  assert.equal(receipt.outcome === 'refused' && receipt.error.class, 'recipient_unavailable');
});

function refreshed(reply: Reply, credentials: unknown = cases.credentials) {
  return withTiktok(reply, async (account, asked) => {
    const renewed = await channel.refresh?.({ ...account, credentials: credentials as Credentials });
    return { renewed, asked };
  });
}

test('a new token comes with a new refresh token, and says when it runs out', async () => {
  const data = { access_token: 'act.new', refresh_token: 'rft.new', expires_in: 86_400, open_id: 'x' };
  const before = Date.now();
  const { renewed, asked } = await refreshed({ status: 200, json: { code: 0, data } });
  const { client_secret } = cases.credentials as Credentials;
  assert.ok(renewed !== undefined && renewed !== 'later');
  assert.deepEqual(renewed.credentials, { access_token: 'act.new', refresh_token: 'rft.new', client_secret });
  assert.ok(renewed.expiresAt >= before + 86_400_000 && renewed.expiresAt <= Date.now() + 86_400_000);
  assert.equal(asked[0]?.path, '/tt_user/oauth2/refresh_token/');
  assert.deepEqual(asked[0]?.body, {
    client_id: 'aw1',
    client_secret,
    grant_type: 'refresh_token',
    refresh_token: 'rft.token',
  });
});

test('the refresh token stays when no other comes', async () => {
  const data = { access_token: 'act.new', expires_in: 60 };
  const { renewed } = await refreshed({ status: 200, json: { code: 0, data } });
  assert.ok(renewed !== undefined && renewed !== 'later');
  assert.equal(renewed.credentials.refresh_token, 'rft.token');
});

test('no new token: refused, no answer, or nothing to ask with', async () => {
  assert.equal((await refreshed(refusal(40105))).renewed, undefined);
  for (const reply of [{ status: 500, text: '' }, 'drop'] as Reply[])
    assert.equal((await refreshed(reply)).renewed, 'later', 'it may be asked again');
  for (const credentials of [{ access_token: 'a' }, { access_token: 'a', refresh_token: 'b' }]) {
    const { renewed, asked } = await refreshed(refusal(0), credentials);
    assert.deepEqual([renewed, asked.length], [undefined, 0]);
  }
});
