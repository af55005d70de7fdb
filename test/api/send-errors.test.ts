import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization } from '../support/cloud.ts';
import { requestsOf } from '../support/phones.ts';
import { liteInbound, post } from '../support/webhooks.ts';
import { wrongSends } from './wrong-sends.ts';

const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
const lite = accountOf(nile, 'whatsapp_lite');
const SEND = '/functions/v1/whatsapp-lite-send';
const to = '+201551100001';
await post(liteInbound(lite, to, 'Mine'));
await post(liteInbound(accountOf(gulf, 'whatsapp_lite'), to, 'Theirs'));
await cloud.drain();
const [mine] = await rows(cloud, nile, 'conversations');
const [theirs] = await rows(cloud, gulf, 'conversations');
const base = { to, message: 'Hello' };

const wrongs = wrongSends({ to, nile, gulf, mine, theirs });

suite('what a send refuses', () => {
  after(() => cloud.close());

  for (const [name, { body, status, code, says }] of Object.entries(wrongs)) {
    test(name, async () => {
      const answer = await ask(cloud, nile, SEND, body);
      assert.equal(answer.status, status, JSON.stringify(answer.body));
      checkFailure(answer.body, code, says);
    });
  }

  test('a body that is not JSON, and none', async () => {
    for (const body of ['{"to":', '']) {
      const answer = await ask(cloud, nile, SEND, undefined, { method: 'POST', body });
      assert.equal(answer.status, 400);
      checkFailure(answer.body, 'invalid_body', /JSON/);
    }
  });

  test('4096 characters are taken, however many bytes they have', async () => {
    const answer = await ask(cloud, nile, SEND, { to, message: '👍'.repeat(4096) });
    assert.equal(answer.status, 200);
  });

  test('a conversation of another account', async () => {
    const other = nile.channel_accounts.find(({ channel, id }) => channel === 'whatsapp_lite' && id !== lite.id);
    const request = { conversation_id: mine?.id, channel_account_id: other?.id, message: 'Hello' };
    const answer = await ask(cloud, nile, SEND, request);
    assert.equal(answer.status, 404, JSON.stringify(answer.body));
    checkFailure(answer.body, 'no_conversation', /'conversation_id'/);
  });

  test('a channel that is not there', async () => {
    const answer = await ask(cloud, nile, '/functions/v1/pigeon-send', base);
    assert.equal(answer.status, 404);
  });

  test('an Inactive account, until it is Active again', async () => {
    const path = `/rest/v1/channel_accounts?id=eq.${lite.id}`;
    const set = (status: string) => ask(cloud, nile, path, { status }, { method: 'PATCH' });
    assert.equal((await set('Inactive')).status, 204);
    const [row] = await rows(cloud, nile, `channel_accounts?id=eq.${lite.id}`);
    assert.equal(row?.['status'], 'Inactive');
    const request = { ...base, channel_account_id: lite.id };
    const refused = await ask(cloud, nile, SEND, request);
    assert.equal(refused.status, 409);
    checkFailure(refused.body, 'channel_inactive', /Inactive/);
    assert.equal((await ask(cloud, nile, SEND, { conversation_id: mine?.id, message: 'x' })).status, 409);
    assert.equal(
      (await ask(cloud, nile, SEND, { ...base, message: 'From the other' })).status,
      200,
      'another is Active',
    );
    assert.equal((await set('Active')).status, 204);
    assert.equal((await ask(cloud, nile, SEND, request)).status, 200);
  });

  test('an account takes only what a person may change, and only with a filter', async () => {
    const path = `/rest/v1/channel_accounts?id=eq.${lite.id}`;
    for (const [body, says] of [
      [{ status: 'Asleep' }, /'status'.*Active/],
      [{ external_id: '+1' }, /external_id/],
      [{ name: '' }, /'name'/],
    ] as const) {
      const refused = await ask(cloud, nile, path, body, { method: 'PATCH' });
      assert.equal(refused.status, 400);
      assert.match(JSON.stringify(refused.body), says);
    }
    const everything = await ask(cloud, nile, '/rest/v1/channel_accounts', { status: 'Inactive' }, { method: 'PATCH' });
    assert.equal(everything.status, 400);
    const renamed = await ask(
      cloud,
      nile,
      path,
      { name: 'الخط الأول' },
      { method: 'PATCH', headers: { Prefer: 'return=representation' } },
    );
    assert.equal(renamed.status, 200);
    assert.equal(renamed.body[0]?.['name'], 'الخط الأول');
  });

  test('nothing that was refused was stored or asked of a provider', async () => {
    await cloud.drain();
    await eventually('what was taken is asked', async () => (await requestsOf(cloud, 'whatsapp_lite')).length === 3);
    const stored = await rows(cloud, nile, 'messages?direction=OUTBOUND');
    assert.equal(stored.length, 3);
    assert.equal((await rows(cloud, gulf, 'messages?direction=OUTBOUND')).length, 0);
  });

  test('a failure of our own is said to nobody, and is in the log', async () => {
    await cloud.drain();
    failing('PutItem', '"message#');
    const answer = await ask(cloud, nile, SEND, base);
    assert.equal(answer.status, 500);
    assert.deepEqual(answer.body, { code: 'internal_error', message: 'internal error', details: null, hint: null });
    failing('Query', '#contacts"');
    const read = await ask(cloud, nile, '/rest/v1/contacts');
    assert.equal(read.status, 500);
    assert.deepEqual(read.body, answer.body);
    cloud.dynamoDb.faults.add({
      operation: 'Query',
      match: (input: unknown) => JSON.stringify(input).includes('#contacts"'),
      error: 'ThrottlingException',
      times: 3,
    });
    const throttled = await ask(cloud, nile, '/rest/v1/contacts');
    assert.deepEqual([throttled.status, throttled.body['code']], [503, 'overloaded']);
    assert.equal(throttled.headers.get('retry-after'), '2');
    const logged = await eventually('three lines', () => {
      const lines = cloud.logs.filter((line) => line.includes('request failed'));
      return lines.length >= 3 && lines;
    });
    assert.equal(logged.length, 3);
    assert.ok(logged.every((line) => !line.includes(to) && !line.includes('Hello')));
  });
});

/** All three tries that the product makes of a call about this. */
function failing(operation: string, about: string): void {
  const match = (input: unknown) => JSON.stringify(input).includes(about);
  cloud.dynamoDb.faults.add({ operation, match, error: 'InternalServerError', times: 3 });
}

function checkFailure(body: Record<string, unknown>, code: string, says: RegExp): void {
  assert.deepEqual(Object.keys(body), ['success', 'error', 'code', 'message', 'details', 'hint']);
  assert.equal(body['success'], false);
  assert.equal(body['code'], code);
  assert.equal(body['error'], body['message']);
  assert.match(String(body['message']), says);
}
