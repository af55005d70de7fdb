import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { after, suite, test } from 'node:test';
import { createClient } from '@supabase/supabase-js';
import { accountOf, ask, testCloud } from '../support/cloud.ts';
import type { Answer, Organization, Row } from '../support/cloud.ts';
import { signIn } from '../support/people.ts';
import { decode, encode, poolKey, signToken, signWithSecret } from '../support/tokens.ts';
import { liteInbound, post } from '../support/webhooks.ts';

const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
const agent = nile.agents[0] as { email: string; password: string };
const TOKEN = '/auth/v1/token?grant_type=';
await post(liteInbound(accountOf(nile, 'whatsapp_lite'), '+201551200001', 'First'));
await post(liteInbound(accountOf(nile, 'whatsapp_lite'), '+201551200001', 'Second'));
await cloud.drain();

suite('who is asking', () => {
  after(() => cloud.close());

  test('a password opens a session, a refresh token renews it, and it says whose it is', async () => {
    const before = Date.now();
    const session = await signIn(cloud, nile);
    assert.equal(session.token_type, 'bearer');
    const opened = (session.expires_at - session.expires_in) * 1000;
    assert.ok(opened > before - 1000 && opened <= Date.now() + 1000, `${opened - before} ms after it was asked for`);
    assert.equal(session.user.email, agent.email);
    assert.equal(session.user.app_metadata.organization_id, nile.id);
    const renewed = await ask(cloud, undefined, `${TOKEN}refresh_token`, { refresh_token: session.refresh_token });
    assert.equal(renewed.status, 200);
    const user = await asBearer('/auth/v1/user', String(renewed.body['access_token']));
    assert.deepEqual(user.body, session.user);
    assert.equal((await asBearer('/auth/v1/logout', session.access_token, { method: 'POST' })).status, 204);
  });

  test('a wrong password, a stranger, and what is no grant', async () => {
    for (const [grant, body, code] of [
      ['password', { ...agent, password: 'wrong' }, 'invalid_credentials'],
      ['password', { ...agent, email: 'nobody@nile.example' }, 'invalid_credentials'],
      ['password', { email: agent.email }, 'validation_failed'],
      ['password', { email: { $ne: '' }, password: { $ne: '' } }, 'validation_failed'],
      ['refresh_token', { refresh_token: 'wrong' }, 'invalid_credentials'],
      ['refresh_token', {}, 'validation_failed'],
      ['magic', {}, 'unsupported_grant_type'],
    ] as const) {
      const answer = await ask(cloud, undefined, TOKEN + grant, body);
      assert.equal(answer.status, 400, code);
      assert.equal(answer.body['code'], code);
      assert.doesNotMatch(JSON.stringify(answer.body), /wrong|nobody/);
    }
  });

  test('no credential, and one that is not known, on every area', async () => {
    const wrong = { 'X-API-Key': 'prl_wrong' };
    for (const headers of [
      {},
      wrong,
      { apikey: '' },
      { Authorization: 'Bearer prl_wrong' },
      { Authorization: 'Basic x' },
    ])
      for (const [path, body] of [
        ['/rest/v1/messages', undefined],
        ['/rest/v1/changes?seq=gt.0', undefined],
        ['/rest/v1/nothing', undefined],
        ['/rest/v1/rpc/mark_read', { conversation_id: 'conv_x' }],
        ['/functions/v1/whatsapp-lite-send', { to: '+201551200001', message: 'x' }],
      ] as const) {
        const response = await fetch(cloud.access.url + path, {
          headers: { ...headers, 'Content-Type': 'application/json' },
          ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
        });
        assert.equal(response.status, 401, `${path} ${JSON.stringify(headers)}`);
        assert.match(String(((await response.json()) as Row)['code']), /^PGRST30[12]$/);
      }
    assert.equal((await asBearer('/auth/v1/user', nile.api_key)).status, 401, 'a key is no user');
  });

  test('a token that has expired, that another signed, or that was made for something else', async () => {
    const session = await signIn(cloud, nile);
    const [header, claims] = session.access_token.split('.').slice(0, 2).map(decode) as [Row, Row];
    const { privateKey: stranger } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const now = Math.floor(Date.now() / 1000);
    const made = (changes: object, key: KeyObject = poolKey(cloud, header)) =>
      signToken(header, { ...claims, ...changes }, key);
    assert.equal((await withToken(made({}))).status, 200, 'a token that is made like this is taken');
    const [first, , signature] = session.access_token.split('.');
    const { 'custom:organization_id': _, ...homeless } = claims;
    for (const [why, token, status] of [
      ['expired', made({ exp: now - 60, iat: now - 3660 }), 401],
      ['signed by another', made({}, stranger), 401],
      ['for another audience', made({ aud: 'another' }), 401],
      ['of another issuer', made({ iss: 'https://issuer.example' }), 401],
      ['not yet valid', made({ nbf: now + 600 }), 401],
      [
        'changed after it was signed',
        `${first}.${encode({ ...claims, 'custom:organization_id': gulf.id })}.${signature}`,
        401,
      ],
      ['signed with nothing', `${encode({ ...header, alg: 'none' })}.${encode(claims)}.`, 401],
      ['signed with a shared secret', signWithSecret({ ...header, alg: 'HS256' }, claims), 401],
      ['of no organization', signToken(header, homeless, poolKey(cloud, header)), 403],
    ] as const) {
      const answer = await withToken(token);
      assert.equal(answer.status, status, why);
      assert.match(String(answer.body['message']), why === 'expired' ? /expired/ : /token|credential/i, why);
    }
  });

  for (const [name, key] of [
    ['an API key', nile.api_key],
    ['a session', 'anon'],
  ] as const) {
    test(`supabase-js with ${name}`, async () => {
      const supabase = createClient(cloud.access.url, key, {
        auth: { persistSession: false, autoRefreshToken: false },
      });
      if (key === 'anon') {
        const { data, error } = await supabase.auth.signInWithPassword(agent);
        assert.equal(error, null);
        assert.equal(data.user?.email, agent.email);
        assert.equal((await supabase.auth.getUser()).data.user?.id, data.user?.id);
        assert.equal((await supabase.auth.refreshSession()).error, null);
      }
      const messages = await supabase
        .from('messages')
        .select('*', { count: 'exact' })
        .order('created_at', { ascending: false })
        .limit(1);
      assert.equal(messages.error, null);
      assert.ok((messages.count ?? 0) >= 2);
      assert.equal(messages.data?.length, 1);
      for (const table of ['conversations', 'contacts', 'channel_accounts']) {
        const { data, error } = await supabase.from(table).select();
        assert.equal(error, null, table);
        assert.ok((data?.length ?? 0) > 0, table);
      }
      const contact = await supabase.from('contacts').select('id, phone').eq('phone', '+201551200001').single();
      assert.deepEqual(contact.data, { id: contact.data?.id, phone: '+201551200001' });
      const nobody = await supabase.from('contacts').select().eq('phone', '+1').maybeSingle();
      assert.deepEqual([nobody.data, nobody.error], [null, null]);
      const { count } = await supabase
        .from('messages')
        .select('*', { count: 'exact', head: true })
        .eq('direction', 'INBOUND');
      assert.equal(count, 2);
      const sent = await supabase.functions.invoke<Row>('whatsapp-lite-send', {
        body: { to: '+201551200001', message: `By ${name}` },
      });
      assert.equal(sent.error, null);
      assert.equal(sent.data?.['success'], true);
      const refused = await supabase.functions.invoke('whatsapp_lite-send', { body: { to: '+201551200001' } });
      assert.equal(((await (refused.error as { context: Response }).context.json()) as Row)['code'], 'missing_field');
      const read = await supabase.rpc('mark_read', { conversation_id: sent.data?.['conversationId'] });
      assert.equal((read.data as Row)['unread_count'], 0);
      const account = accountOf(nile, 'telegram').id;
      const renamed = await supabase
        .from('channel_accounts')
        .update({ name: `By ${name}` })
        .eq('id', account)
        .select()
        .single();
      assert.equal((renamed.data as Row)['name'], `By ${name}`);
      assert.equal((await supabase.auth.signOut()).error, null);
    });
  }

  test('supabase-js is told what was wrong', async () => {
    const supabase = createClient(cloud.access.url, 'prl_wrong', {
      auth: { persistSession: false, autoRefreshToken: false },
    });
    const { error, status } = await supabase.from('messages').select();
    assert.equal(status, 401);
    assert.equal(error?.code, 'PGRST301');
    const wrong = await supabase.auth.signInWithPassword({ ...agent, password: 'wrong' });
    assert.equal(wrong.error?.code, 'invalid_credentials');
  });
});

function asBearer(path: string, token: string, more: RequestInit = {}): Promise<Answer> {
  return ask(cloud, undefined, path, undefined, {
    ...more,
    headers: { Authorization: `Bearer ${token}`, 'X-API-Key': '' },
  });
}

function withToken(token: string): Promise<Answer> {
  return asBearer('/rest/v1/messages', token);
}
