import assert from 'node:assert/strict';
import { createECDH } from 'node:crypto';
import test, { after, beforeEach } from 'node:test';
import { encrypt } from '../../../layers/core/src/channels/web_push/encrypt.ts';
import { tokenOf } from '../../../layers/core/src/channels/web_push/token.ts';
import { decrypt } from '../../../local/src/providers/web_push/decrypt.ts';
import { browser } from '../../channels/cases/web_push/keys.ts';
import { at, until } from './rig.ts';
import { notification, startPushRig } from './web-push-rig.ts';

const rig = await startPushRig();
const { account, keys, subscription, act, subscribe, push, screen, told } = rig;
after(() => rig.close());
beforeEach(async () => {
  await rig.call('DELETE', '/web_push/faults', undefined);
  rig.received.length = 0;
});

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
  assert.match(
    subscription.endpoint,
    /^https:\/\/updates\.push\.services\.mozilla\.com\/wpush\/v2\/gAAAAAB[\w-]{128}$/,
  );
});

test('a push is taken, decrypted, shown, and told of by the site’s own worker', async () => {
  const answer = await push(notification('ref-1'));
  assert.equal(answer.status, 201);
  assert.match(answer.headers.get('location') ?? '', /^https:\/\/updates\.push\.services\.mozilla\.com\/m\/\d+$/);
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
