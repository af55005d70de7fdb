import assert from 'node:assert/strict';
import { createECDH, createPublicKey, verify } from 'node:crypto';
import test from 'node:test';
import { recipient, subscriptionOf } from '@parley/core/channels/web_push/address.ts';
import { encrypt, MOST_PLAINTEXT_BYTES } from '@parley/core/channels/web_push/encrypt.ts';
import { addressOf, headersFor, isPushService } from '@parley/core/channels/web_push/services.ts';
import { authorization } from '@parley/core/channels/web_push/vapid.ts';
import { newKeyPair } from '@parley/local/providers/web_push/key-pair.ts';
import { subscriptionAt } from './cases/web_push/keys.ts';

const bytes = (text: string) => Buffer.from(text, 'base64url');

test('RFC 8291, 5: the published example comes out byte for byte', () => {
  const sender = createECDH('prime256v1');
  sender.setPrivateKey(bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'));
  const receiver = {
    p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  };
  const plaintext = Buffer.from('When I grow up, I want to be a watermelon');
  const body = encrypt(plaintext, receiver, { sender, salt: bytes('DGv6ra1nlYgDCS1FRnbzlw') });
  assert.equal(
    body.toString('base64url'),
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  );
});

test('the longest plaintext fills a push, and no two messages share a key or salt', () => {
  const { p256dh, auth } = subscriptionAt('https://fcm.googleapis.com/fcm/send/a');
  const plaintext = Buffer.alloc(MOST_PLAINTEXT_BYTES);
  const [one, two] = [encrypt(plaintext, { p256dh, auth }), encrypt(plaintext, { p256dh, auth })];
  assert.equal(one.length, 4096);
  assert.notDeepEqual(one.subarray(0, 16), two.subarray(0, 16));
  assert.notDeepEqual(one.subarray(21, 86), two.subarray(21, 86));
});

test('a key that is no point of the curve is refused', () => {
  assert.throws(() => encrypt(Buffer.from('x'), { p256dh: `B${'A'.repeat(86)}`, auth: 'BTBZMqHH6r4Tts7J_aSIgg' }));
});

test('RFC 8292: a token names the origin, its end and us, and is signed by the account', () => {
  const keys = { ...newKeyPair(), subject: 'mailto:push@example.com' };
  const now = Date.parse('2026-11-22T12:00:00Z');
  const header = authorization('https://web.push.apple.com/QGuQyavXutnMH', keys, now);
  const [, head = '', claims = '', signature = '', key] =
    /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(header) ?? [];
  assert.equal(key, keys.public_key);
  assert.deepEqual(JSON.parse(bytes(head).toString()), { typ: 'JWT', alg: 'ES256' });
  assert.deepEqual(JSON.parse(bytes(claims).toString()), {
    aud: 'https://web.push.apple.com',
    exp: now / 1000 + 12 * 3600,
    sub: 'mailto:push@example.com',
  });
  const signed = Buffer.from(`${head}.${claims}`);
  const point = bytes(keys.public_key);
  const jwk = { kty: 'EC', crv: 'P-256', x: coordinate(point, 1), y: coordinate(point, 33) };
  const publicKey = createPublicKey({ format: 'jwk', key: jwk });
  assert.ok(verify('sha256', signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, bytes(signature)));
});

test('a token serves many pushes to one service, and is renewed before it ends', () => {
  const keys = { ...newKeyPair(), subject: 'https://example.com/contact' };
  const at = (service: string, hours: number) => authorization(`https://${service}/x`, keys, hours * 3_600_000);
  const first = at('fcm.googleapis.com', 0);
  assert.equal(at('fcm.googleapis.com', 10), first);
  assert.notEqual(at('fcm.googleapis.com', 11), first);
  assert.notEqual(at('web.push.apple.com', 0), first);
  const others = authorization('https://fcm.googleapis.com/x', { ...keys, ...newKeyPair() }, 0);
  assert.notEqual(others, first);
});

test('only push services that browsers use are asked, and on loopback only the account’s', () => {
  const known = [
    'https://fcm.googleapis.com/fcm/send/a:b',
    'https://updates.push.services.mozilla.com/wpush/v2/gA',
    'https://web.push.apple.com/QGu',
    'https://wns2-par02p.notify.windows.com/w/?token=BQ',
  ];
  for (const endpoint of known) assert.equal(addressOf(endpoint, 'https://fcm.googleapis.com'), endpoint);
  const strange = [
    'http://fcm.googleapis.com/fcm/send/a',
    'https://fcm.googleapis.com:8443/fcm/send/a',
    'https://fcm.googleapis.com/v1/projects/x/messages:send',
    'https://fcm.googleapis.com/fcm/send/../../v1/projects',
    'https://fcm.googleapis.com.example.com/x',
    'https://example.com/fcm.googleapis.com',
    'https://evilpush.apple.com/x',
    'https://user:word@fcm.googleapis.com/x',
    'https://169.254.169.254/latest/meta-data',
    'https://10.0.0.1/x',
    'file:///etc/passwd',
    'nonsense',
  ];
  for (const endpoint of strange) assert.ok(!isPushService(endpoint), endpoint);
  const standIn = 'http://127.0.0.1:4000/providers/web_push';
  assert.equal(addressOf(`${standIn}/wp/1`, standIn), `${standIn}/wp/1`);
  assert.equal(addressOf('http://127.0.0.1:4001/wp/1', standIn), undefined);
  assert.equal(addressOf('http://localhost:9001/2018-06-01/runtime', 'https://fcm.googleapis.com'), undefined);
});

test('a server that stands in for the push services has each under its host', () => {
  const standIn = 'http://127.0.0.1:4000/providers/web_push/';
  assert.equal(
    addressOf('https://wns2-par02p.notify.windows.com/w/?token=BQ', standIn),
    'http://127.0.0.1:4000/providers/web_push/wns2-par02p.notify.windows.com/w/?token=BQ',
  );
  assert.equal(addressOf('https://10.0.0.1/x', standIn), undefined);
});

test('Edge’s service is told twice that a message is not to be kept', () => {
  const edge = 'https://wns2-par02p.notify.windows.com/w/?token=BQ';
  assert.deepEqual(headersFor(edge, 0), { 'x-wns-cache-policy': 'no-cache' });
  for (const [endpoint, ttl] of [
    [edge, 60],
    ['https://fcm.googleapis.com/fcm/send/a', 0],
  ] as const)
    assert.deepEqual(headersFor(endpoint, ttl), {});
});

test('a subscription becomes one string and comes back whole, the newest first', () => {
  const [old, fresh] = ['a', 'b'].map((id) => subscriptionAt(`https://fcm.googleapis.com/fcm/send/${id}`));
  assert.ok(old && fresh);
  const [before, now] = [old, fresh].map(({ endpoint, p256dh, auth }) =>
    recipient(JSON.stringify({ endpoint, expirationTime: null, keys: { p256dh, auth: `${auth}==` } })),
  );
  assert.ok(before && now);
  assert.deepEqual(recipient(before.value), before);
  assert.deepEqual(subscriptionOf({ identities: [before, { kind: 'email', value: 'a@example.com' }] }), old);
  assert.deepEqual(subscriptionOf({ identities: [before, now] }), fresh);
});

test('what is longer than a stored key can be is no subscription', () => {
  assert.equal(recipient(valueOf(889))?.value.length, 1000);
  assert.equal(recipient(valueOf(890)), undefined);
});

/** A subscription whose endpoint has so many characters. */
function valueOf(length: number): string {
  const { endpoint, p256dh, auth } = subscriptionAt('https://fcm.googleapis.com/fcm/send/');
  return `${endpoint.padEnd(length, 'x')}#${p256dh}.${auth}`;
}

function coordinate(point: Buffer, from: number): string {
  return point.subarray(from, from + 32).toString('base64url');
}
