import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { codesOf, monaAt, page, professional, startMetaRig } from './meta-rig.ts';
import { at } from './rig.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let now = Date.now();
const clock = () => now;
const messenger = await startMetaRig(page, clock);
const own = await startMetaRig(professional, clock);
const linkedAccount = {
  ...professional,
  login: 'facebook',
  page_id: '104523456789012',
  access_token: 'EAAG-linked',
} as const;
const linked = await startMetaRig(linkedAccount, clock);
after(() => Promise.all([messenger.close(), own.close(), linked.close()]));

const back = 'https://parley.example/oauth/back';

async function granted(rig: typeof messenger) {
  const query = await rig.consents(back);
  assert.equal(query.get('state'), 'state-1');
  const oauth = await rig.ours.oauth?.();
  assert.ok(oauth);
  const code = query.get('code') ?? '';
  const exchange = () => oauth.exchange(rig.app, { code, redirectUrl: back, baseUrl: rig.account.baseUrl });
  return { exchange, oauth, code };
}

test('Messenger: an owner consents, and each page is an account with its own token', async () => {
  const { exchange } = await granted(messenger);
  assert.deepEqual(await exchange(), {
    ok: true,
    accounts: [{ externalId: page.external_id, name: page.name, credentials: { access_token: page.access_token } }],
  });
  const again = await exchange();
  assert.equal(!again.ok && again.error.class, 'invalid');
});

test('Instagram, with Facebook: each page that has an account gives one', async () => {
  const { exchange } = await granted(linked);
  const { external_id: externalId, name, login, access_token, page_id } = linkedAccount;
  const credentials = { login, access_token, page_id };
  assert.deepEqual(await exchange(), { ok: true, accounts: [{ externalId, name, credentials }] });
});

test('Instagram, with Instagram: the one account gives a token of 60 days, by the id its webhooks have', async () => {
  const { oauth, code } = await granted(own);
  const { baseUrl } = own.account;
  const exchanged = await oauth.exchange(own.app, { code: `${code}#_`, redirectUrl: back, baseUrl });
  assert.ok(exchanged.ok);
  const [account] = exchanged.accounts;
  assert.deepEqual([account?.externalId, account?.name], [professional.external_id, professional.name]);
  assert.ok(Math.abs((account?.expiresAt ?? 0) - Date.now() - 60 * DAY_MS) < 60_000);
  const connected = { ...own.account, credentials: account?.credentials };
  assert.equal((await own.ours.probe?.(connected))?.ok, true);
});

test('a code with another secret, or for another address, leads to nothing', async () => {
  for (const rig of [messenger, linked, own]) {
    const { oauth, code } = await granted(rig);
    const { baseUrl } = rig.account;
    const secrets = { ...rig.app.secrets, app_secret: 'other', instagram_app_secret: 'other' };
    const guessed = rig === own ? secrets : { app_secret: 'other' };
    const wrong = await oauth.exchange({ ...rig.app, secrets: guessed }, { code, redirectUrl: back, baseUrl });
    assert.equal(wrong.ok, false);
    const next = await granted(rig);
    const elsewhere = { code: next.code, redirectUrl: `${back}/x`, baseUrl };
    assert.equal((await oauth.exchange(rig.app, elsewhere)).ok, false);
  }
});

test('the consent page refuses an app it does not know', async () => {
  const query = new URLSearchParams({ client_id: '1', redirect_uri: back, state: 's' }).toString();
  assert.equal((await messenger.call('GET', `/messenger/dialog/oauth?${query}`)).status, 400);
  assert.equal((await own.call('GET', `/instagram/oauth/authorize?${query}`)).status, 400);
});

test("Instagram: the account's token is made to last 60 days more, once it is a day old", async () => {
  const first = await own.ours.refresh?.(own.account);
  assert.ok(first && first !== 'later');
  const renewed = { ...own.account, credentials: first.credentials };
  assert.notDeepEqual(first.credentials, own.account.credentials);
  assert.equal(await own.ours.refresh?.(renewed), undefined);
  now += DAY_MS;
  const second = await own.ours.refresh?.(renewed);
  assert.ok(second && second !== 'later');
  assert.equal((await own.ours.probe?.({ ...own.account, credentials: second.credentials }))?.ok, true);
  now += 61 * DAY_MS;
  assert.equal(await own.ours.refresh?.(renewed), undefined);
  const probed = await own.ours.probe?.(renewed);
  assert.equal(probed && !probed.ok && probed.error.class, 'auth');
  await own.call('POST', '/instagram/faults', { status: 503 });
  assert.equal(await own.ours.refresh?.(own.account), 'later');
});

test('an account is found good, and says what its token may do and whether we hear of it', async () => {
  const subscribed = { webhooks: 'subscribed' };
  assert.deepEqual(await messenger.ours.probe?.(messenger.account), {
    ok: true,
    externalId: page.external_id,
    name: page.name,
    facts: {
      permissions: 'pages_show_list, pages_messaging, pages_manage_metadata, pages_read_engagement',
      ...subscribed,
    },
  });
  const instagram = { ok: true, externalId: professional.external_id, name: professional.name };
  const until = Date.now() + 60 * DAY_MS;
  assert.deepEqual(await own.ours.probe?.({ ...own.account, expiresAt: until }), { ...instagram, facts: subscribed });
  const ofPage = await linked.ours.probe?.(linked.account);
  assert.ok(ofPage?.ok);
  assert.deepEqual([ofPage.externalId, ofPage.name], [instagram.externalId, instagram.name]);
  assert.match(ofPage.facts?.['permissions'] ?? '', /instagram_manage_messages/);
});

test("Instagram: when an account's own token ends is not told, so it is renewed in a day", async () => {
  const probed = await own.ours.probe?.(own.account);
  const { renewAheadMs = 0 } = own.ours.manifest;
  const renewedAt = (probed?.ok ? (probed.expiresAt ?? 0) : 0) - renewAheadMs;
  assert.ok(Math.abs(renewedAt - Date.now() - DAY_MS) < 60_000);
});

test('a token that is no longer good is found out', async () => {
  for (const { ours, account } of [messenger, own, linked]) {
    const credentials = { ...(account.credentials as object), access_token: 'gone' };
    const probed = await ours.probe?.({ ...account, credentials });
    assert.equal(probed && !probed.ok && probed.error.class, 'auth');
  }
});

test('an account that is not subscribed is not heard of until it is again', async () => {
  for (const rig of [messenger, own]) {
    const { ours, account } = rig;
    assert.deepEqual(await ours.unsubscribe?.(account), { ok: true });
    const probed = await ours.probe?.(account);
    assert.equal(probed?.ok && probed.facts?.['webhooks'], 'not subscribed');
    rig.received.length = 0;
    assert.equal(at((await rig.write({ text: 'unheard' })).body, 'webhook_status'), null);
    assert.deepEqual(await ours.subscribe?.(account, 'https://parley.example'), { ok: true });
    assert.equal(at((await rig.write({ text: 'heard' })).body, 'webhook_status'), 200);
    assert.equal(rig.received.length, 1);
  }
});

test('a page stays subscribed when its Instagram account is disconnected', async () => {
  assert.deepEqual(await linked.ours.subscribe?.(linked.account, ''), { ok: true });
  assert.deepEqual(await linked.ours.unsubscribe?.(linked.account), { ok: true });
  const probed = await linked.ours.probe?.(linked.account);
  assert.equal(probed?.ok && probed.facts?.['webhooks'], 'subscribed');
});

test('fields that Meta does not have are refused', async () => {
  const headers = { authorization: `Bearer ${page.access_token}` };
  const path = `/messenger/v26.0/${page.external_id}/subscribed_apps?subscribed_fields=messages,nonsense`;
  assert.deepEqual(codesOf(await messenger.call('POST', path, {}, headers)), [100, undefined]);
});

test('who has written has a name; who has not is nobody', async () => {
  const cases = [
    [messenger, 'psid', monaAt.messenger],
    [own, 'igsid', monaAt.instagram],
    [linked, 'igsid', monaAt.instagram],
  ] as const;
  for (const [rig, kind, value] of cases) {
    await rig.write({ text: 'hello' });
    const who = { identities: [{ kind, value }] as [{ kind: string; value: string }] };
    assert.deepEqual(await rig.ours.profile?.(who, rig.account), { name: 'Mona Hassan' });
    const stranger = { identities: [{ kind, value: `${value.slice(0, -1)}2` }] as typeof who.identities };
    assert.equal(await rig.ours.profile?.(stranger, rig.account), undefined);
  }
});

test('Messenger: a profile that is closed to the page is made good by the conversation', async () => {
  await messenger.write({ text: 'hello' });
  const error = { code: 100, error_subcode: 2018218, message: 'x' };
  await messenger.call('POST', '/messenger/faults', { path: monaAt.messenger, status: 400, body: { error } });
  const who = { identities: [{ kind: 'psid', value: monaAt.messenger }] as [{ kind: string; value: string }] };
  assert.deepEqual(await messenger.ours.profile?.(who, messenger.account), { name: 'Mona Hassan' });
});

test('Messenger: the templates of the page are listed', async () => {
  const listed = await (await messenger.ours.templates?.())?.list(messenger.account);
  assert.ok(listed?.ok);
  assert.deepEqual(
    listed.templates.map(({ name, language, status }) => [name, language, status]),
    [
      ['order_update', 'en', 'APPROVED'],
      ['order_update', 'ar', 'APPROVED'],
      ['order_shipped', 'en', 'APPROVED'],
    ],
  );
  assert.deepEqual(listed.templates[2]?.buttons?.[0], {
    type: 'URL',
    text: 'Track',
    url: 'https://shop.example/orders/{{1}}',
  });
});
