import assert from 'node:assert/strict';
import test from 'node:test';
import type { OAuthApp } from '../../../layers/core/src/channels/contract.ts';
import { channel } from '../../../layers/core/src/channels/whatsapp_cloud/index.ts';
import { at, ownRig } from './rig.ts';
import { startCloudRig } from './whatsapp-cloud-rig.ts';

const rig = ownRig(await startCloudRig());

const { cloud, account } = rig;
const app: OAuthApp = {
  id: cloud.app_id,
  secrets: { app_secret: cloud.app_secret, verify_token: cloud.verify_token },
};

test('a good account says what Meta knows of it', async () => {
  const found = await channel.probe?.(account);
  assert.deepEqual(found, {
    ok: true,
    externalId: cloud.external_id,
    name: 'Nile Shop',
    facts: {
      number: '+1 555-010-0001',
      quality: 'GREEN',
      display_name: 'APPROVED',
      verification: 'VERIFIED',
      platform: 'CLOUD_API',
      throughput: 'STANDARD',
      messaging_limit: 'TIER_250',
    },
  });
});

test('a token that is no good any more is told from a number that it may not use', async () => {
  const classOf = async (wrong: typeof account): Promise<unknown[]> => {
    const found = await channel.probe?.(wrong);
    assert.ok(found?.ok === false);
    return [found.error.class, found.error.code, found.error.providerCode];
  };
  await rig.does('token', { valid: false });
  assert.deepEqual(await classOf(account), ['auth', 'token_expired', '190']);
  await rig.does('token', { valid: true });
  assert.deepEqual(await classOf({ ...account, externalId: '999' }), ['auth', 'account_missing', '100']);
  assert.deepEqual(await classOf(rig.as({ waba_id: '999999' })), ['auth', 'account_missing', '100']);
  assert.deepEqual(await classOf(rig.as({ phone_number: '+201000000001' })), [
    'auth',
    'phone_number_mismatch',
    undefined,
  ]);
  const away = await channel.probe?.({ ...account, baseUrl: 'http://127.0.0.1:1' });
  assert.equal(away?.ok === false && away.error.class, 'provider_down');
});

test('a business account of someone else is not believed to have the number', async () => {
  const other = { ...cloud, external_id: '777', phone_number_id: '777', waba_id: '888888' };
  rig.providers.register(other);
  const found = await channel.probe?.(rig.as({ waba_id: other.waba_id }));
  assert.equal(found?.ok === false && found.error.code, 'waba_mismatch');
});

test('every template is listed, page by page, with what it is made of', async () => {
  const templates = await channel.templates?.();
  for (let index = 0; index < 95; index += 1) {
    const body = {
      name: `bulk_${index}`,
      language: 'en',
      category: 'UTILITY',
      components: [{ type: 'BODY', text: 'x' }],
    };
    const path = `/whatsapp_cloud/v26.0/${cloud.waba_id}/message_templates`;
    const made = await rig.call('POST', path, body, { authorization: `Bearer ${cloud.access_token}` });
    assert.equal(made.status, 200, JSON.stringify(made.body));
  }
  const listed = await templates?.list(account);
  assert.ok(listed?.ok);
  assert.equal(listed.templates.length, 105);
  assert.equal((await rig.asked('message_templates?')).filter(({ method }) => method === 'GET').length, 2);
  assert.deepEqual(
    listed.templates.find(({ name }) => name === 'order_photo'),
    {
      id: '1004',
      name: 'order_photo',
      language: 'en_US',
      status: 'APPROVED',
      category: 'UTILITY',
      header: { format: 'IMAGE' },
      body: 'Here is your order, {{1}}.',
      buttons: [
        { type: 'QUICK_REPLY', text: 'Call me' },
        { type: 'URL', text: 'Track', url: 'https://example.com/orders/{{1}}' },
      ],
    },
  );
  assert.deepEqual(
    listed.templates.slice(7, 11).map(({ status }) => status),
    ['PAUSED', 'DISABLED', 'PENDING', 'PENDING'],
  );
});

test('a list of templates that changed while it was read is read anew; without a business account there is none', async () => {
  const templates = await channel.templates?.();
  await rig.call('POST', '/whatsapp_cloud/faults', { code: 131059, path: 'message_templates' });
  const listed = await templates?.list(account);
  assert.equal(listed?.ok && listed.templates.length, 105);
  const { waba_id: _, ...rest } = account.credentials;
  const none = await templates?.list({ ...account, credentials: rest });
  assert.equal(none?.ok === false && none.error.code, 'waba_missing');
});

test('webhooks come from the subscription on, and end with it', async () => {
  assert.deepEqual(await channel.subscribe?.(account, 'https://inbox.example/hook'), { ok: true });
  await rig.writes();
  assert.equal(rig.received.length, 1);
  const shared = await channel.unsubscribe?.(account);
  assert.deepEqual(shared, { ok: true });
  await rig.writes();
  assert.equal(rig.received.length, 1);
  assert.deepEqual(await channel.subscribe?.(account, 'https://inbox.example/hook'), { ok: true });
  await rig.writes();
  assert.equal(rig.received.length, 2);
});

test('the subscription of a business account with further numbers stays when one of them leaves', async () => {
  rig.providers.register({ ...cloud, external_id: '555', phone_number_id: '555' });
  assert.deepEqual(await channel.unsubscribe?.(account), { ok: true });
  await rig.writes();
  assert.equal(rig.received.length, 1);
});

test('with the verify token webhooks come to our address, which Meta checks', async () => {
  const hook = new URL('/elsewhere', cloud.webhook_url).href;
  const known = rig.as({ verify_token: cloud.verify_token });
  assert.deepEqual(await channel.subscribe?.(known, hook), { ok: true });
  await rig.writes();
  assert.equal(rig.received[0]?.url, '/elsewhere');
  const wrong = await channel.subscribe?.(rig.as({ verify_token: 'guessed' }), hook);
  assert.equal(wrong?.ok, false);
  await channel.subscribe?.(account, hook);
  await rig.writes();
  assert.equal(rig.received[1]?.url, '/cloud');
});

test('a number that is not on the Cloud API is registered with its PIN, and one that is, is left alone', async () => {
  const auth = { authorization: `Bearer ${cloud.access_token}` };
  const path = `/whatsapp_cloud/v26.0/${cloud.external_id}`;
  await channel.subscribe?.(rig.as({ pin: '123456' }), 'https://inbox.example/hook');
  assert.equal((await rig.asked('/register')).length, 0);
  await rig.call('POST', `${path}/deregister`, {}, auth);
  const lost = await rig.sendBody({ type: 'text', text: 'hi' });
  assert.equal(lost.outcome === 'refused' && lost.error.code, 'not_registered');
  assert.deepEqual(await channel.subscribe?.(rig.as({ pin: '123456' }), 'https://inbox.example/hook'), { ok: true });
  await rig.call('POST', `${path}/deregister`, {}, auth);
  const other = await channel.subscribe?.(rig.as({ pin: '000000' }), 'https://inbox.example/hook');
  assert.equal(other?.ok === false && other.error.code, 'pin_problem');
  assert.deepEqual(await channel.subscribe?.(rig.as({ pin: '123456' }), 'https://inbox.example/hook'), { ok: true });
});

test("a number that is on the phone's app is asked for its contacts and its history, once, and is not registered", async () => {
  assert.deepEqual(await channel.subscribe?.(account, 'https://inbox.example/hook'), { ok: true });
  assert.equal((await rig.asked('/smb_app_data')).length, 0);
  await rig.call('POST', `/whatsapp_cloud/accounts/${cloud.external_id}/app`, {});
  const before = (await rig.asked('/register')).length;
  assert.deepEqual(await channel.subscribe?.(rig.as({ pin: '123456' }), 'https://inbox.example/hook'), { ok: true });
  const asked = await rig.asked('/smb_app_data');
  assert.deepEqual(
    asked.map(({ status, body }) => [status, (body as Record<string, unknown>)['sync_type']]),
    [
      [200, 'smb_app_state_sync'],
      [200, 'history'],
    ],
  );
  assert.deepEqual(await channel.subscribe?.(account, 'https://inbox.example/hook'), { ok: true });
  assert.deepEqual(
    (await rig.asked('/smb_app_data')).slice(2).map(({ status }) => status),
    [400, 400],
  );
  assert.equal((await rig.asked('/register')).length, before);
  const found = await channel.probe?.(account);
  assert.equal(found?.ok && found.facts?.['phone_app'], 'yes', 'so it is known that it sends 20 a second');
});

test('the Embedded Signup gives an account for each number that its owner shared', async () => {
  const oauth = await channel.oauth?.();
  assert.ok(oauth);
  const back = 'https://inbox.example/back';
  const url = oauth.authorizeUrl(app, { redirectUrl: back, state: 's1', baseUrl: account.baseUrl });
  const consented = await fetch(`${url}&as=org_1`, { redirect: 'manual' });
  const returned = new URL(consented.headers.get('location') ?? '');
  assert.equal(returned.searchParams.get('state'), 's1');
  const code = returned.searchParams.get('code') ?? '';
  const granted = await oauth.exchange(app, { code, redirectUrl: back, baseUrl: account.baseUrl });
  assert.ok(granted.ok, JSON.stringify(granted));
  const own = granted.accounts.find(({ externalId }) => externalId === cloud.external_id);
  assert.ok(own);
  assert.equal(own.name, 'Nile Shop');
  assert.equal(own.credentials.waba_id, cloud.waba_id);
  assert.equal(own.credentials.phone_number, '+15550100001');
  assert.match(own.credentials.pin ?? '', /^\d{6}$/);
  assert.equal(own.credentials.verify_token, cloud.verify_token);
  assert.ok((own.expiresAt ?? 0) > Date.now());
  const probed = await channel.probe?.({ ...account, credentials: own.credentials });
  assert.ok(probed?.ok);
  assert.equal(probed.expiresAt, own.expiresAt);
  const again = await oauth.exchange(app, { code, redirectUrl: back, baseUrl: account.baseUrl });
  assert.equal(again.ok, false);
});

test('a code is good for its own address and app only, and the login says so at Meta', async () => {
  const oauth = await channel.oauth?.();
  assert.ok(oauth);
  const back = 'https://inbox.example/back';
  const url = oauth.authorizeUrl(app, { redirectUrl: back, state: 's', baseUrl: account.baseUrl });
  const codeOf = async (): Promise<string> => {
    const consented = await fetch(`${url}&as=org_1`, { redirect: 'manual' });
    return new URL(consented.headers.get('location') ?? '').searchParams.get('code') ?? '';
  };
  const elsewhere = { code: await codeOf(), redirectUrl: 'https://evil.example', baseUrl: account.baseUrl };
  assert.equal((await oauth.exchange(app, elsewhere)).ok, false);
  const stranger = { id: app.id, secrets: { app_secret: 'guessed' } };
  const theirs = { code: await codeOf(), redirectUrl: back, baseUrl: account.baseUrl };
  assert.equal((await oauth.exchange(stranger, theirs)).ok, false);
  const real = new URL(oauth.authorizeUrl({ ...app, secrets: { config_id: '42' } }, { redirectUrl: back, state: 's' }));
  assert.equal(real.origin + real.pathname, 'https://www.facebook.com/v26.0/dialog/oauth');
  assert.equal(real.searchParams.get('config_id'), '42');
  assert.match(real.searchParams.get('scope') ?? '', /whatsapp_business_messaging/);
});

test('news of the account and of templates reach us, signed and understood', async () => {
  await rig.does('template', { name: 'new_offer', language: 'en_US', event: 'APPROVED' });
  await rig.does('template', { name: 'new_offer', language: 'en_US', quality: 'RED' });
  await rig.does('template', { name: 'new_offer', language: 'en_US', category: 'UTILITY' });
  await rig.does('news', { field: 'account_update', value: { event: 'ACCOUNT_DELETED' } });
  const events = await rig.events();
  assert.deepEqual(
    events.map((event) => (event.kind === 'template' ? event.template : event.kind === 'account' && event.news)),
    [
      { name: 'new_offer', language: 'en_US', id: '1010', status: 'APPROVED', category: 'MARKETING' },
      { name: 'new_offer', language: 'en_US', id: '1010', quality: 'RED' },
      { name: 'new_offer', language: 'en_US', id: '1010', category: 'UTILITY' },
      { about: 'auth', ok: false, detail: 'ACCOUNT_DELETED', code: 'account_deleted' },
    ],
  );
  const listed = await (await channel.templates?.())?.list(account);
  const changed = listed?.ok ? listed.templates.find(({ name }) => name === 'new_offer') : undefined;
  assert.deepEqual([changed?.status, changed?.quality, changed?.category], ['APPROVED', 'RED', 'UTILITY']);
  assert.equal(at((await rig.does('template', { name: 'x', language: 'en' })).body, 'code'), 'unknown_template');
});
