import assert from 'node:assert/strict';
import test from 'node:test';
import { channel } from '@parley/core/channels/email/index.ts';
import { startProvider, withProvider, type Reply } from '../provider.ts';
import { outgoing, startServer } from './server.ts';

const oauth = {
  auth: 'oauth2' as const,
  access_token: 'ya29.old',
  refresh_token: '1//once',
  client_id: 'client',
  client_secret: 'secret',
};

/** What a server of tokens that answers so makes of an account. */
async function refreshed(reply: Reply, credentials: object = oauth) {
  return withProvider(reply, async ({ url, requests }) => {
    const server = await startServer({}, { ...credentials, token_url: `${url}/token` });
    try {
      return { given: await channel.refresh?.(server.account), asked: requests };
    } finally {
      await server.close();
    }
  });
}

test('a new token comes with the refresh token that takes the place of the old one', async () => {
  const before = Date.now();
  const { given, asked } = await refreshed({
    status: 200,
    json: { access_token: 'ya29.new', refresh_token: '1//next', expires_in: 3599 },
  });
  assert.ok(given && given !== 'later');
  const { access_token, refresh_token, client_id } = Object(given.credentials) as Record<string, string>;
  assert.deepEqual([access_token, refresh_token, client_id], ['ya29.new', '1//next', 'client']);
  assert.ok(given.expiresAt >= before + 3_599_000 && given.expiresAt <= Date.now() + 3_599_000);
  assert.deepEqual(Object.fromEntries(new URLSearchParams(Buffer.from(asked[0]?.bytes ?? '').toString())), {
    grant_type: 'refresh_token',
    refresh_token: '1//once',
    client_id: 'client',
    client_secret: 'secret',
  });
  assert.equal(asked[0]?.headers['content-type'], 'application/x-www-form-urlencoded');
});

test('where no other comes, the refresh token stays', async () => {
  const { given } = await refreshed({ status: 200, json: { access_token: 'ya29.new' } });
  assert.ok(given && given !== 'later');
  assert.equal((given.credentials as typeof oauth).refresh_token, '1//once');
});

for (const [status, expected] of [
  [400, undefined],
  [401, undefined],
  [429, 'later'],
  [503, 'later'],
] as const) {
  test(`a server of tokens that answers ${status} ${expected ? 'is asked again' : 'gives none'}`, async () => {
    assert.equal((await refreshed({ status, json: { error: 'x' } })).given, expected);
  });
}

test('an account with a password has nothing to renew, and nobody is asked', async () => {
  const { given, asked } = await refreshed({ status: 200, json: { access_token: 'x' } }, {});
  assert.deepEqual([given, asked.length], [undefined, 0]);
});

test('a token of which nobody knows how long it serves is renewed first; then senders ask for none themselves', async () => {
  const provider = await startProvider(() => ({ status: 200, json: { access_token: 'ya29.new', expires_in: 3600 } }));
  const server = await startServer(
    { options: { authMethods: ['XOAUTH2'] } },
    { ...oauth, token_url: `${provider.url}/token` },
  );
  try {
    const first = await channel.probe?.(server.account);
    assert.ok(first?.ok && first.expiresAt !== undefined && first.expiresAt <= Date.now());
    const known = { ...server.account, expiresAt: Date.now() + 3_600_000 };
    const later = await channel.probe?.(known);
    assert.ok(later?.ok && later.expiresAt === undefined);
    const asked = provider.requests.length;
    assert.equal((await channel.send(outgoing(), known)).outcome, 'accepted');
    assert.deepEqual([server.signIns.at(-1), provider.requests.length], ['support@nile.example:ya29.old', asked]);
  } finally {
    await server.close();
    await provider.close();
  }
});
