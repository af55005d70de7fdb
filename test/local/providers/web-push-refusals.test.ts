import assert from 'node:assert/strict';
import test, { after, beforeEach } from 'node:test';
import { authorization } from '../../../layers/core/src/channels/web_push/vapid.ts';
import { newKeyPair } from '../../../local/src/providers/web_push/key-pair.ts';
import { at } from './rig.ts';
import { notification, startPushRig, type Sending } from './web-push-rig.ts';

const rig = await startPushRig();
const { keys, subscription, act, subscribe, push, told } = rig;
after(() => rig.close());
beforeEach(async () => {
  await rig.call('DELETE', '/web_push/faults', undefined);
  rig.received.length = 0;
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
  const unknown = { ...subscription, endpoint: 'https://updates.push.services.mozilla.com/wpush/v2/nobody' };
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
