import assert from 'node:assert/strict';
import test from 'node:test';
import { channel } from '@parley/core/channels/instagram/index.ts';
import { readAs } from '@parley/core/channels/shared/read.ts';
import { accountOf } from './cases/cases.ts';
import { cases } from './cases/instagram/index.ts';
import { testProduct } from './cases/meta/product.ts';

testProduct({
  channel,
  cases,
  codes: [
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
  ],
  file: 'https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=1',
  other: 'page',
  plainType: undefined,
});

const own = { login: 'instagram', access_token: 'IGAA' } as const;
const ofPage = { login: 'facebook', access_token: 'EAAG', page_id: '1' } as const;

test('Instagram: without a server of its own, an account asks the host of its login', async () => {
  const request = { reference: 'r', to: cases.to, body: { type: 'text', text: 'a' } } as const;
  const hosts: string[] = [];
  const { fetch } = globalThis;
  globalThis.fetch = async (url) => {
    hosts.push(new URL(url instanceof Request ? url.url : url).host);
    return Response.json({ message_id: 'm', access_token: 'IGAA-2', expires_in: 1 });
  };
  try {
    const account = accountOf(cases, channel.manifest.baseUrl);
    for (const credentials of [own, ofPage]) await channel.send(request, { ...account, credentials });
    await channel.refresh?.({ ...account, credentials: own });
    assert.equal(await channel.refresh?.({ ...account, credentials: ofPage }), undefined);
  } finally {
    globalThis.fetch = fetch;
  }
  assert.deepEqual(hosts, ['graph.instagram.com', 'graph.facebook.com', 'graph.instagram.com']);
});

test('Instagram: a login with Facebook needs its page', async () => {
  const credentials = await channel.credentials();
  assert.ok(readAs(credentials, { ...ofPage, page_id: '104523456789012' }));
  assert.equal(readAs(credentials, { login: 'facebook', access_token: 'EAAG' }), undefined);
  assert.equal(readAs(credentials, { access_token: 'IGAA' }), undefined);
});
