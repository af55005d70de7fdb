import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, rows, testCloud } from '../support/cloud.ts';
import type { Answer, Organization, Row } from '../support/cloud.ts';

const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
const page = accountOf(nile, 'messenger');
const redirect_url = 'https://inbox.example/';

suite('accounts that are connected by consent', () => {
  after(() => cloud.close());

  test('the owner is sent to the provider, and comes back with accounts', async () => {
    const before = await rows(cloud, nile, `channel_accounts?channel=eq.messenger`);
    const path = `/rest/v1/channel_accounts?channel=eq.messenger`;
    assert.equal((await ask(cloud, nile, path, undefined, { method: 'DELETE' })).status, 204);
    const { state, code } = await consent(nile, 'Nile');
    const finished = await finish(nile, { state, code });
    assert.equal(finished.status, 200, JSON.stringify(finished.body));
    const accounts = finished.body['accounts'] as Row[];
    assert.deepEqual(
      accounts.map((account) => account['external_id']),
      before.map((account) => account['external_id']),
    );
    assert.ok(!JSON.stringify(finished.body).includes(page.access_token));
    const again = await finish(nile, { state, code });
    assert.deepEqual([again.status, again.body['code']], [409, 'state_used']);
  });

  test('an account that is connected already gets the new credentials', async () => {
    const [before] = await rows(cloud, nile, `channel_accounts?channel=eq.messenger`);
    const finished = await finish(nile, await consent(nile, 'Nile'));
    const [account] = finished.body['accounts'] as Row[];
    assert.equal(account?.id, before?.id);
    assert.equal((await rows(cloud, nile, `channel_accounts?channel=eq.messenger`)).length, 1);
  });

  test('an account of another organization is refused, and nothing of it is told', async () => {
    const finished = await finish(gulf, await consent(gulf, 'Nile'));
    assert.deepEqual(finished.body['accounts'], []);
    const [refused] = finished.body['refused'] as Row[];
    assert.equal(refused?.['code'], 'account_taken');
    assert.ok(!JSON.stringify(finished.body).includes(nile.id));
  });

  test('a state is of its organization, and nobody makes one up', async () => {
    const { state, code } = await consent(nile, 'Nile');
    for (const [organization, made] of [
      [gulf, state],
      [nile, `${state.slice(0, -4)}AAAA`],
      [nile, 'made-up'],
      [nile, Buffer.from('{"organizationId":"x"}').toString('base64url')],
    ] as const) {
      const finished = await finish(organization, { state: made, code });
      assert.deepEqual([finished.status, finished.body['code']], [400, 'invalid_state'], made.slice(0, 20));
    }
    assert.equal((await finish(nile, { state, code })).status, 200, 'it was not used up by them');
  });

  test('what is wrong is named', async () => {
    const asking = (body: object) => ask(cloud, nile, '/rest/v1/rpc/connect_channel', body);
    for (const [body, status, details] of [
      [{ redirect_url }, 400, 'channel'],
      [{ channel: 'messenger' }, 400, 'redirect_url'],
      [{ channel: 'messenger', redirect_url: 'javascript:alert(1)' }, 400, 'redirect_url'],
      [{ channel: 'telegram', redirect_url }, 422, 'channel'],
    ] as const) {
      const answer = await asking(body);
      assert.deepEqual([answer.status, answer.body['details']], [status, details], JSON.stringify(answer.body));
    }
    const { state } = await consent(nile, 'Nile');
    const refused = await finish(nile, { state, code: 'not-a-code' });
    assert.deepEqual([refused.status, refused.body['details']], [422, 'code']);
  });
});

function finish(organization: Organization, body: { state: string; code: string }): Promise<Answer> {
  return ask(cloud, organization, '/rest/v1/rpc/finish_connection', body);
}

/** What an owner of these accounts comes back with. */
async function consent(organization: Organization, owner: string): Promise<{ state: string; code: string }> {
  const asked = await ask(cloud, organization, '/rest/v1/rpc/connect_channel', { channel: 'messenger', redirect_url });
  assert.equal(asked.status, 200, JSON.stringify(asked.body));
  const url = new URL(String(asked.body['url']));
  url.searchParams.set('as', await ownerNamed(url, owner));
  const sent = await fetch(url, { redirect: 'manual' });
  const back = new URL(sent.headers.get('location') ?? '');
  assert.equal(back.origin, new URL(redirect_url).origin);
  return { state: back.searchParams.get('state') ?? '', code: back.searchParams.get('code') ?? '' };
}

async function ownerNamed(url: URL, owner: string): Promise<string> {
  const html = await (await fetch(url)).text();
  const names = [...html.matchAll(/<a [^>]*>([^<]+)</g)].map((match) => match[1] ?? '');
  return names.find((name) => name.includes(owner)) ?? '';
}
