import assert from 'node:assert/strict';
import test from 'node:test';
import type { Element, InboundEvent, OAuthApp, Outgoing, Receipt } from '@parley/core/channels/contract.ts';
import type { Credentials } from '@parley/core/channels/tiktok/credentials.ts';
import { channel } from '@parley/core/channels/tiktok/index.ts';
import type { ConnectedAccount } from '@parley/core/domain/channel-account.ts';
import type { Counterparty } from '@parley/core/domain/contact.ts';
import { accountOf } from '../../channels/cases/cases.ts';
import { at, ownRig, startRig } from './rig.ts';

let now = Date.UTC(2026, 10, 22);
const rig = ownRig(await startRig({ now: () => now }));

const hook = `${new URL(rig.cloud.webhook_url).origin}/functions/v1/tiktok-webhook`;
const app: OAuthApp = { id: 'aw1', secrets: { client_secret: 'app-secret' } };
const site = { organization: 'Nile', name: 'Nile Coffee', channel: 'tiktok', webhook_url: hook } as const;
const tokens = { client_key: 'aw1', client_secret: 'app-secret', access_token: 'act.one', refresh_token: 'rft.one' };
const nile = { ...site, ...tokens, external_id: '_000Nile' };
rig.providers.register(nile);

const baseUrl = `${rig.url}/tiktok/open_api/v1.3`;
const { access_token, refresh_token, client_secret } = tokens;
let credentials: Credentials = { access_token, refresh_token, client_secret };

function account(more: Partial<ConnectedAccount<Credentials>> = {}): ConnectedAccount<Credentials> {
  const own = accountOf({ externalId: nile.external_id, credentials }, baseUrl) as ConnectedAccount<Credentials>;
  return { ...own, appId: 'aw1', ...more };
}

async function elements(): Promise<Element[]> {
  const all: Element[] = [];
  for (const { body } of rig.received) all.push(...(await channel.normalise(body)));
  return all;
}

async function events(): Promise<InboundEvent[]> {
  return (await elements()).flatMap((element) => (element.ok ? [element.event] : []));
}

function write(body: object, phone = 'mona') {
  return rig.call('POST', `/tiktok/phones/${phone}/messages`, { account: nile.external_id, body });
}

/** Someone who has written, as their webhook tells of them. */
async function customer(phone = 'mona'): Promise<Counterparty> {
  await write({ type: 'text', text: 'hello' }, phone);
  const event = (await events()).at(-1);
  assert.ok(event?.kind === 'message');
  return event.counterparty;
}

function sendText(to: Counterparty, more: Partial<Outgoing> = {}): Promise<Receipt> {
  return channel.send({ reference: 'r', to, body: { type: 'text', text: 'hi' }, ...more }, account());
}

test('an account is asked for its name, its scopes and its webhook; a wrong token says so', async () => {
  const probe = await channel.probe?.(account());
  assert.ok(probe?.ok);
  assert.deepEqual([probe.externalId, probe.name], [nile.external_id, 'Nile Coffee']);
  assert.deepEqual([probe.facts?.['username'], probe.facts?.['webhook']], ['@nile.coffee', hook]);
  const unnamed = await channel.probe?.(account({ externalId: '' }));
  assert.equal(unnamed?.ok && unnamed.externalId, nile.external_id);
  const refused = await channel.probe?.(account({ credentials: { access_token: 'act.wrong' } }));
  assert.equal(!refused?.ok && refused?.error.class, 'auth');
  const away = await channel.probe?.(account({ baseUrl: 'http://127.0.0.1:1' }));
  assert.equal(!away?.ok && away?.error.class, 'provider_down');
});

test('that somebody types, or has read, is shown to the customer', async () => {
  const to = await customer();
  assert.deepEqual(await channel.act?.({ kind: 'typing', to }, account()), { ok: true });
  assert.deepEqual(await channel.act?.({ kind: 'read', to, providerMessageId: 'x' }, account()), { ok: true });
  const { body } = await rig.call('GET', `/tiktok/phones/mona/messages?account=${nile.external_id}`);
  assert.equal(at((body as unknown[]).at(-1), 'status'), 'read');
  const nobody = { identities: [{ kind: 'tiktok_user', value: 'hidden' }] } as const;
  const refused = await channel.act?.({ kind: 'typing', to: { identities: [...nobody.identities] } }, account());
  assert.equal(!refused?.ok && refused?.error.code, 'not_possible');
});

test('a customer in Europe is found in the lists: who they are, what they wrote, and where to answer', async () => {
  await rig.call('POST', '/tiktok/phones', { name: 'Lena Vogel', address: '6800000000000000049' });
  await customer('omar');
  await write({ type: 'text', text: 'Guten Tag' }, 'phone_3');
  const event = (await events()).at(-1);
  assert.ok(event?.kind === 'withheld' && event.otherwise.body.type === 'unsupported');
  const listed = await channel.lookUp?.(event, account());
  assert.ok(Array.isArray(listed));
  const [found, ...more] = listed;
  assert.ok(found);
  assert.ok(more.every(({ providerAt }) => providerAt === event.at));
  const all = [found, ...more];
  const hers = all.find(({ counterparty }) => counterparty.name === 'Lena Vogel');
  assert.deepEqual(hers?.body, { type: 'text', text: 'Guten Tag' });
  assert.equal(hers.counterparty.identities[0].value, '6800000000000000049');
  assert.equal((await sendText(hers.counterparty)).outcome, 'accepted');
  now += 1;
  await write({ type: 'text', text: 'Noch da?' }, 'phone_3');
  const later = (await events()).findLast(({ kind }) => kind === 'withheld');
  assert.ok(later?.kind === 'withheld');
  const again = await channel.lookUp?.(later, account());
  assert.ok(Array.isArray(again));
  assert.deepEqual(
    again.map(({ body }) => body),
    [{ type: 'text', text: 'Noch da?' }],
    'once it was answered it is in the other list',
  );
  assert.deepEqual(await channel.profile?.(hers.counterparty, account()), { name: 'Lena Vogel' });
  const picture = await channel.send(
    { reference: 'r', to: hers.counterparty, body: { type: 'image', media: { status: 'ready', link: 'https://a.b' } } },
    account(),
  );
  assert.equal(picture.outcome === 'refused' && picture.error.code, 'no_pictures_here');
  const earlier = { ...later, at: later.at - 3_600_000 };
  assert.deepEqual(await channel.lookUp?.(earlier, account()), [], 'nobody wrote then');
  const away = [{ credentials: { access_token: 'act.wrong' } }, { baseUrl: 'http://127.0.0.1:1' }];
  for (const change of away) assert.equal(await channel.lookUp?.(later, account(change)), 'later');
});

test('a text quotes; what can not be quoted is answered without a quote', async () => {
  const to = await customer();
  const asked = (await events()).findLast((event) => event.kind === 'message');
  const replyTo = { providerMessageId: asked?.providerMessageId ?? '' };
  assert.equal(at(await sendText(to, { replyTo }), 'detail'), undefined);
  const { body } = await rig.call('GET', `/tiktok/phones/mona/messages?account=${nile.external_id}`);
  assert.equal(at((body as unknown[]).at(-1), 'reply_to'), replyTo.providerMessageId);
  const without = await sendText(to, { replyTo: { providerMessageId: '7000000000000000000' } });
  assert.equal(without.outcome === 'accepted' && without.detail, 'Sent without the quote, which TikTok refused.');
});

test('a comment that shows interest is answered by a direct reply, once', async () => {
  const comment = { event: 'im_receive_high_intent_comment', comment_id: '7302', comment_text: 'How much?' };
  await rig.call('POST', '/tiktok/phones', { name: 'Hana', address: '6800000000000000077' });
  await write({ type: 'raw', message: comment }, 'phone_4');
  const event = (await events()).at(-1);
  assert.ok(event?.kind === 'message');
  const { counterparty, providerMessageId } = event;
  const unopened = await sendText(counterparty);
  assert.equal(unopened.outcome === 'refused' && unopened.error.code, 'not_found');
  const reply = () => sendText(counterparty, { replyTo: { providerMessageId } });
  assert.equal((await reply()).outcome, 'accepted');
  const second = await reply();
  assert.equal(second.outcome === 'refused' && second.error.class, 'window_closed');
});

test('the eleventh message, the 49th hour and a customer who has blocked us are refused for what they are', async () => {
  const to = await customer('omar');
  for (let sent = 0; sent < 10; sent += 1) assert.equal((await sendText(to)).outcome, 'accepted');
  const error = async () => {
    const receipt = await sendText(to);
    assert.ok(receipt.outcome === 'refused' && !receipt.retryable);
    return [receipt.error.class, receipt.error.code, receipt.error.providerCode];
  };
  assert.deepEqual(await error(), ['window_closed', 'window_closed', '40064']);
  now += 49 * 3_600_000;
  await renew();
  assert.deepEqual(await error(), ['window_closed', 'window_closed', '40064']);
  await customer('omar');
  assert.equal((await sendText(to)).outcome, 'accepted');
  await write({ type: 'block' }, 'omar');
  assert.deepEqual(await error(), ['recipient_unavailable', 'blocked', '40064']);
});

async function renew(): Promise<void> {
  const renewed = await channel.refresh?.(account());
  assert.ok(renewed !== undefined && renewed !== 'later');
  ({ credentials } = renewed);
}

const redirectUrl = 'https://inbox.example/';

/** What the owner of an account comes back with. */
async function consent(more: Record<string, string> = {}): Promise<string> {
  const oauth = await channel.oauth?.();
  assert.ok(oauth);
  const url = new URL(oauth.authorizeUrl(app, { redirectUrl, state: 's-1', baseUrl }));
  for (const [name, value] of Object.entries({ as: 'Nile', ...more })) url.searchParams.set(name, value);
  const answer = await fetch(url, { redirect: 'manual' });
  const back = new URL(answer.headers.get('location') ?? '');
  assert.equal(back.searchParams.get('state'), 's-1');
  return back.searchParams.get('code') ?? '';
}

test('without a server that stands in for it, consent is asked on TikTok’s own page', async () => {
  const oauth = await channel.oauth?.();
  for (const server of [{}, { baseUrl: channel.manifest.baseUrl }]) {
    const url = new URL(oauth?.authorizeUrl(app, { redirectUrl, state: 's', ...server }) ?? '');
    assert.equal(url.origin + url.pathname, 'https://www.tiktok.com/v2/auth/authorize');
    assert.equal(url.searchParams.get('client_key'), 'aw1');
    assert.ok(url.searchParams.get('scope')?.split(',').includes('message.list.manage'));
  }
});

test('a code becomes an account, once; less than messaging needs is refused by name', async () => {
  const oauth = await channel.oauth?.();
  const code = await consent();
  const granted = await oauth?.exchange(app, { code, redirectUrl, baseUrl });
  assert.ok(granted?.ok);
  const [one] = granted.accounts;
  assert.deepEqual([one?.externalId, one?.name], [nile.external_id, 'Nile Coffee']);
  assert.ok(Math.abs(Number(one?.expiresAt) - Date.now() - 86_400_000) < 60_000);
  credentials = one?.credentials ?? credentials;
  assert.equal(credentials.client_secret, 'app-secret');
  assert.ok((await channel.probe?.(account()))?.ok);
  const used = await oauth?.exchange(app, { code, redirectUrl, baseUrl });
  assert.equal(!used?.ok && used?.error.class, 'auth');
  const half = await consent({ without: 'message.list.send' });
  const less = await oauth?.exchange(app, { code: half, redirectUrl, baseUrl });
  assert.match(!less?.ok ? (less?.error.message ?? '') : '', /has not allowed message\.list\.send/);
  const whole = await oauth?.exchange(app, { code: await consent(), redirectUrl, baseUrl });
  credentials = (whole?.ok && whole.accounts[0]?.credentials) || credentials;
});

test('the app’s address is written once for all accounts, and one account leaves by itself', async () => {
  const other = { ...nile, external_id: '_000Other', access_token: 'act.two', refresh_token: 'rft.two' };
  rig.providers.register(other);
  const own = `${hook}/acc_0199f3a4-7b1c-7d2e-9f00-0123456789ab`;
  const updates = async () => {
    const { body } = await rig.call('GET', '/tiktok/requests');
    return (body as unknown[]).filter((one) => String(at(one, 'path')).endsWith('/webhook/update/'));
  };
  assert.deepEqual(await channel.subscribe?.(account(), own), { ok: true });
  assert.equal((await updates()).length, 0, 'it was right already');
  const moved = own.replace('/functions', '/moved/functions');
  assert.deepEqual(await channel.subscribe?.(account(), moved), { ok: true });
  assert.equal(at((await updates())[0], 'body.callback_url'), hook.replace('/functions', '/moved/functions'));
  assert.match(String(at((await updates())[0], 'body.secret')), /^….{4}$/);
  assert.deepEqual(await channel.unsubscribe?.(account()), { ok: true });
  assert.equal(at((await write({ type: 'text', text: 'anyone?' })).body, 'webhook_status'), null);
  const body = { account: other.external_id, text: 'and here?' };
  const there = await rig.call('POST', '/tiktok/phones/mona/messages', body);
  assert.equal(at(there.body, 'webhook_status'), 200);
  const unlinked = await channel.unsubscribe?.(account());
  assert.equal(!unlinked?.ok && unlinked?.error.class, 'auth');
});
