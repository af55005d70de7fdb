import assert from 'node:assert/strict';
import { createECDH } from 'node:crypto';
import test, { after, before, beforeEach } from 'node:test';
import { tokenOf } from '../../../layers/core/src/channels/web_push/token.ts';
import { authorization } from '../../../layers/core/src/channels/web_push/vapid.ts';
import { encrypt } from '../../../layers/core/src/channels/web_push/encrypt.ts';
import type { WebPushAccount } from '../../../local/src/providers/account.ts';
import { decrypt } from '../../../local/src/providers/web_push/decrypt.ts';
import { newKeyPair } from '../../../local/src/providers/web_push/key-pair.ts';
import { browser } from '../../channels/cases/web_push/keys.ts';
import { at, startRig, until, type Answered } from './rig.ts';

interface Subscription {
  endpoint: string;
  keys: { p256dh: string; auth: string };
}

const rig = await startRig();
after(() => rig.close());

const keys = { ...newKeyPair(), subject: 'mailto:push@nile.example' };
const account: WebPushAccount = {
  channel: 'web_push',
  external_id: 'nile.example',
  name: 'Nile Shop',
  organization: 'org_1',
  public_key: keys.public_key,
  origin: 'https://nile.example',
  webhook_url: new URL('/push', rig.bot.webhook_url).href,
};
rig.providers.register(account);

let subscription: Subscription;
before(async () => {
  subscription = await subscribe('mona');
});
beforeEach(async () => {
  await rig.call('DELETE', '/web_push/faults', undefined);
  rig.received.length = 0;
});

function act(phone: string, body: object): Promise<Answered> {
  return rig.call('POST', `/web_push/phones/${phone}/messages`, { account: account.external_id, body });
}

async function subscribe(phone: string): Promise<Subscription> {
  const answer = await act(phone, { type: 'unblock' });
  assert.equal(at(answer.body, 'webhook_status'), 200, JSON.stringify(answer.body));
  return at(rig.received.at(-1)?.body, 'subscription') as Subscription;
}

function notification(id: string, more: object = {}): object {
  const shown = { title: 'Nile', body: 'مرحبا', tag: id, data: { id, token: tokenOf(id, 'secret') }, ...more };
  return { notification: shown, mutable: true };
}

interface Sending {
  to?: Subscription;
  headers?: Record<string, string | undefined>;
  body?: Buffer;
}

async function push(payload: object, { to = subscription, headers = {}, body }: Sending = {}): Promise<Response> {
  const text = Buffer.from(JSON.stringify(payload));
  const own = { authorization: authorization(to.endpoint, keys), ttl: '60', 'content-encoding': 'aes128gcm' };
  const given = Object.entries({ ...own, urgency: 'high', topic: 'abc', ...headers });
  return fetch(to.endpoint, {
    method: 'POST',
    headers: Object.fromEntries(given.filter((each): each is [string, string] => each[1] !== undefined)),
    body: body ? new Uint8Array(body) : encrypt(text, to.keys),
  });
}

async function screen(): Promise<unknown[]> {
  const answer = await rig.call('GET', '/web_push/phones/mona/messages?account=nile.example', undefined);
  return answer.body as unknown[];
}

function told(): unknown[] {
  return rig.received.map(({ body }) => at(body, 'event'));
}

test('what RFC 8291 encrypts is read, and what was changed on the way is not', () => {
  const body = encrypt(Buffer.from('hello'), browser);
  const receiver = { private_key: browser.privateKey, p256dh: browser.p256dh, auth: browser.auth };
  assert.equal(decrypt(body, receiver)?.toString(), 'hello');
  for (const place of [0, 20, 30, 90, body.length - 1]) {
    const changed = Buffer.from(body);
    changed.writeUInt8(changed.readUInt8(place) ^ 0x40, place);
    assert.equal(decrypt(changed, receiver), undefined, String(place));
  }
});

test('a browser subscribes as the site’s page does, with its origin and the key', async () => {
  const again = await subscribe('mona');
  assert.deepEqual(again, subscription);
  const [hook] = rig.received;
  assert.equal(hook?.headers['origin'], 'https://nile.example');
  assert.match(String(hook?.headers['content-type']), /^text\/plain/);
  assert.equal(at(hook?.body, 'key'), keys.public_key);
  assert.equal(at(hook?.body, 'name'), 'Mona Hassan');
  assert.ok(subscription.endpoint.startsWith(`${rig.url}/web_push/wp/`));
});

test('a push is taken, decrypted, shown, and told of by the site’s own worker', async () => {
  const answer = await push(notification('ref-1'));
  assert.equal(answer.status, 201);
  assert.match(answer.headers.get('location') ?? '', /^http.*\/m\/\d+$/);
  await until(() => rig.received.length === 1);
  const token = tokenOf('ref-1', 'secret');
  assert.deepEqual(rig.received[0]?.body, { event: 'delivered', key: keys.public_key, id: 'ref-1', token });
  const shown = (await screen()).find((message) => at(message, 'id') === 'ref-1');
  assert.deepEqual([at(shown, 'text'), at(shown, 'status')], ['مرحبا', 'delivered']);
});

test('a tap on a button answers; a tap elsewhere reads; closing says so', async () => {
  await push(notification('ref-2', { actions: [{ action: 'reply:yes', title: 'Yes' }] }));
  await until(() => rig.received.length === 1);
  assert.equal(at((await act('mona', { type: 'tap', message_id: 'ref-2', id: 'no' })).body, 'code'), 'bad_message');
  await act('mona', { type: 'tap', message_id: 'ref-2', id: 'yes' });
  await act('mona', { type: 'tap', message_id: 'ref-2', id: 'click' });
  await act('mona', { type: 'tap', message_id: 'ref-2', id: 'close' });
  assert.deepEqual(told(), ['delivered', 'clicked', 'clicked', 'closed']);
  assert.deepEqual(at(rig.received[1]?.body, 'action'), { id: 'yes', title: 'Yes' });
  assert.deepEqual(at(rig.received[1]?.body, 'subscription.endpoint'), subscription.endpoint);
  assert.equal(at(rig.received[2]?.body, 'action'), undefined);
});

test('opening the thread taps what is on the screen, and only once', async () => {
  await push(notification('ref-3'));
  await until(() => rig.received.length === 1);
  const open = (name: string | null) => rig.call('PUT', '/web_push/phones/mona/open', { account: name });
  await open(account.external_id);
  await open(account.external_id);
  await until(() => told().includes('clicked'));
  const clicked = rig.received.filter(({ body }) => at(body, 'id') === 'ref-3' && at(body, 'event') === 'clicked');
  assert.equal(clicked.length, 1);
  await open(null);
});

test('a second push with the same tag takes the place of the first', async () => {
  await push(notification('ref-4.1', { tag: 'same', body: 'first' }));
  await push(notification('ref-4.2', { tag: 'same', body: 'second' }));
  const texts = (await screen()).filter((message) => String(at(message, 'id')).startsWith('ref-4'));
  assert.deepEqual(
    texts.map((message) => at(message, 'text')),
    ['second'],
  );
});

const farAhead = Math.floor(Date.now()) + 13 * 3600 * 1000;

const refusals: [string, number, () => Sending][] = [
  ['no TTL', 400, () => ({ headers: { ttl: undefined } })],
  ['a TTL that is no number', 400, () => ({ headers: { ttl: 'soon' } })],
  ['the older encryption', 400, () => ({ headers: { 'content-encoding': 'aesgcm' } })],
  ['a topic of 33 signs', 400, () => ({ headers: { topic: 'x'.repeat(33) } })],
  ['an unknown urgency', 400, () => ({ headers: { urgency: 'now' } })],
  ['no VAPID', 401, () => ({ headers: { authorization: undefined } })],
  ['a signature of another key', 401, () => ({ headers: { authorization: forged() } })],
  [
    'a token for another service',
    401,
    () => ({ headers: { authorization: authorization('https://x.example/', keys) } }),
  ],
  [
    'a token that has ended',
    401,
    () => ({ headers: { authorization: authorization(subscription.endpoint, keys, 0) } }),
  ],
  [
    'a token for too long',
    403,
    () => ({ headers: { authorization: authorization(subscription.endpoint, keys, farAhead) } }),
  ],
  ['another site’s key', 403, () => ({ headers: { authorization: authorization(subscription.endpoint, strangers) } })],
  ['a contact on localhost', 403, () => ({ headers: { authorization: authorization(subscription.endpoint, local) } })],
  ['a body of 4097 bytes', 413, () => ({ body: Buffer.alloc(4097) })],
];

const strangers = { ...newKeyPair(), subject: keys.subject };
const local = { ...keys, subject: 'mailto:push@localhost' };

function forged(): string {
  return authorization(subscription.endpoint, strangers).replace(/k=.*/, `k=${keys.public_key}`);
}

for (const [what, status, sending] of refusals) {
  test(`the push service refuses ${what}`, async () => {
    const answer = await push(notification('never'), sending());
    assert.equal(answer.status, status, await answer.text());
    assert.deepEqual(rig.received, []);
  });
}

test('a body that fills 4096 bytes is taken; what the browser can’t read is dropped with a warning', async () => {
  const answer = await push({}, { body: Buffer.alloc(4096) });
  assert.equal(answer.status, 201);
  const log = (await rig.call('GET', '/web_push/requests', undefined)).body as unknown[];
  assert.equal(at(log.at(-1), 'warning'), 'the browser could not decrypt it');
  assert.match(String(at(log.at(-1), 'headers.authorization')), /^….{4}$/);
});

test('an unknown subscription is 404; one that ended is 410, and a new one follows the first', async () => {
  const unknown = { ...subscription, endpoint: `${rig.url}/web_push/wp/nobody` };
  assert.equal((await push(notification('never'), { to: unknown })).status, 404);
  const old = await subscribe('omar');
  await act('omar', { type: 'block' });
  assert.equal(told().at(-1), 'unsubscribed');
  assert.equal((await push(notification('never'), { to: old })).status, 410);
  const fresh = await subscribe('omar');
  assert.notEqual(fresh.endpoint, old.endpoint);
  assert.deepEqual(at(rig.received.at(-1)?.body, 'first'), old);
});

test('faults answer in the service’s own words', async () => {
  await rig.call('POST', '/web_push/faults', { status: 429, headers: { 'Retry-After': '7' } });
  const answer = await push(notification('never'));
  assert.equal(answer.status, 429);
  assert.equal(answer.headers.get('retry-after'), '7');
  assert.equal(at(await answer.json(), 'error'), 'Too Many Requests');
});

test('receipts wait while they are held', async () => {
  await rig.call('POST', '/web_push/faults', { hold_receipts: true });
  await push(notification('ref-5'));
  assert.equal((await screen()).length > 0, true);
  assert.deepEqual(rig.received, []);
  await rig.call('DELETE', '/web_push/faults', undefined);
  await until(() => told().includes('delivered'));
});

test('a customer can’t write on this channel', async () => {
  const answer = await rig.call('POST', '/web_push/phones/mona/messages', { account: account.external_id, text: 'hi' });
  assert.equal(answer.status, 400);
});

test('every curve point a browser may have is readable', () => {
  const pair = createECDH('prime256v1');
  pair.generateKeys();
  const padded = Buffer.concat([Buffer.alloc(32 - pair.getPrivateKey().length), pair.getPrivateKey()]);
  const receiver = { p256dh: pair.getPublicKey('base64url'), auth: browser.auth };
  const body = encrypt(Buffer.from('hi'), receiver);
  assert.equal(decrypt(body, { ...receiver, private_key: padded.toString('base64url') })?.toString(), 'hi');
});
