import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import {
  broadcast,
  counted,
  homeNumbers,
  isOver,
  listed,
  messagesOf,
  progressOf,
  receivers,
  tell,
  whenBroadcast,
} from '../support/broadcasts.ts';
import { accountOf, ask, eventually, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { clearFaults, fault, HELD_MS } from '../support/phones.ts';

const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];

/** A sender that is warm hears of a pause or an end within three seconds. */
const HEARD_MS = 3_500;

suite('broadcasts that are paused, cancelled, or wait for their time', () => {
  after(() => cloud.close());

  test('paused, nothing leaves and nothing is lost; resumed, all go on; cancelled, the rest fails unasked', async () => {
    const made = await listed(cloud, nile, homeNumbers(600, 3001), 'Slowly {{name}}');
    await fault(cloud, 'sms', { times: 10_000, delay_ms: HELD_MS });
    await tell(cloud, nile, 'start', made);
    await eventually('the first have left', async () => (await receivers(cloud, 'Slowly')).length > 5);
    const paused = await tell(cloud, nile, 'pause', made);
    assert.equal(paused['status'], 'PAUSED');
    assert.equal((await ask(cloud, nile, '/rest/v1/rpc/start_broadcast', { id: made.id })).status, 409);
    await delay(HEARD_MS);
    await clearFaults(cloud, 'sms');
    // now every message has been looked at, and none is under way
    await cloud.drain();
    const before = (await receivers(cloud, 'Slowly')).length;
    await delay(500);
    assert.equal((await receivers(cloud, 'Slowly')).length, before);
    const held = progressOf(await broadcast(cloud, nile, made));
    assert.equal(held.pending + held.waiting, 600 - before);
    assert.ok(before < 400, `${before} had left`);
    await fault(cloud, 'sms', { times: 10_000, delay_ms: HELD_MS });
    await tell(cloud, nile, 'resume', made);
    await eventually('some more have left', async () => (await receivers(cloud, 'Slowly')).length > before + 5);
    await tell(cloud, nile, 'cancel', made);
    await delay(HEARD_MS);
    await clearFaults(cloud, 'sms');
    const over = await whenBroadcast(cloud, nile, made, (row) => progressOf(row).pending + progressOf(row).sent === 0);
    assert.equal(over['status'], 'CANCELLED');
    const { delivered, failed } = progressOf(over);
    assert.equal(delivered + failed, 600);
    assert.ok(failed > 0);
    assert.equal((await receivers(cloud, 'Slowly')).length, delivered);
    const messages = await messagesOf(cloud, nile, made);
    assert.deepEqual(counted(messages.map(({ status }) => String(status))), { DELIVERED: delivered, FAILED: failed });
    assert.ok(messages.every((one) => one['status'] !== 'FAILED' || (one['error'] as Row)['code'] === 'cancelled'));
  });

  test('paused, it can be cancelled, and what had not left never does', async () => {
    const made = await listed(cloud, nile, homeNumbers(200, 6001), 'Given up {{name}}');
    await fault(cloud, 'sms', { times: 10_000, delay_ms: HELD_MS });
    await tell(cloud, nile, 'start', made);
    await eventually('the first are on their way', async () => (await receivers(cloud, 'Given up')).length > 0);
    await tell(cloud, nile, 'pause', made);
    assert.equal((await tell(cloud, nile, 'cancel', made))['status'], 'CANCELLED');
    await delay(HEARD_MS);
    await clearFaults(cloud, 'sms');
    const over = await whenBroadcast(cloud, nile, made, (row) => progressOf(row).pending + progressOf(row).sent === 0);
    const { delivered, failed } = progressOf(over);
    assert.equal((await receivers(cloud, 'Given up')).length, delivered);
    assert.ok(failed > 0);
    for (const action of ['resume', 'retry'])
      assert.equal((await ask(cloud, nile, `/rest/v1/rpc/${action}_broadcast`, { id: made.id })).status, 409, action);
  });

  test('at its time, and not before it can be changed', async () => {
    const scheduled_at = new Date(Date.now() + 60_000).toISOString();
    const made = await listed(cloud, nile, homeNumbers(3, 4001), 'Later {{name}}', { scheduled_at });
    assert.equal(made['status'], 'READY');
    const soon = new Date(Date.now() + 5_000).toISOString();
    const changed = await ask(
      cloud,
      nile,
      `/rest/v1/broadcasts?id=eq.${made.id}`,
      { scheduled_at: soon, content: { message: 'Sooner {{name}}' } },
      {
        method: 'PATCH',
        headers: { Prefer: 'return=representation' },
      },
    );
    assert.equal(changed.status, 200, JSON.stringify(changed.body));
    const done = await whenBroadcast(cloud, nile, made, isOver);
    assert.ok(Date.parse(String(done['started_at'])) >= Date.parse(soon) - 1000);
    assert.equal((await receivers(cloud, 'Sooner')).length, 3);
    assert.equal((await receivers(cloud, 'Later')).length, 0);
    const late = await ask(cloud, nile, `/rest/v1/broadcasts?id=eq.${made.id}`, { name: 'x' }, { method: 'PATCH' });
    assert.equal(late.status, 409);
  });

  test('its time may be one of a clock, when it is made as when it is started', async () => {
    const start = (body: Row) => ask(cloud, nile, '/rest/v1/rpc/start_broadcast', body);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const clock = { scheduled_at: `${tomorrow}T09:00`, timezone: 'Asia/Riyadh' };
    const made = await listed(cloud, nile, homeNumbers(1, 8001), 'By the clock', clock);
    assert.equal(made['scheduled_at'], `${tomorrow}T06:00:00.000Z`);
    const started = await start({ id: made.id, scheduled_at: `${tomorrow}T10:30`, timezone: 'Asia/Riyadh' });
    assert.deepEqual([started.status, started.body['scheduled_at']], [200, `${tomorrow}T07:30:00.000Z`]);
    for (const [body, code, details] of [
      [{ scheduled_at: 'nine' }, 'invalid_field', 'scheduled_at'],
      [{ scheduled_at: `${tomorrow}T09:00` }, 'missing_field', 'timezone'],
      [{ scheduled_at: `${tomorrow}T09:00`, timezone: 'Riyadh' }, 'unknown_timezone', 'timezone'],
      [{ timezone: 'Asia/Riyadh' }, 'missing_field', 'scheduled_at'],
    ] as const) {
      const refused = await start({ id: made.id, ...body });
      assert.deepEqual([refused.status, refused.body['code'], refused.body['details']], [400, code, details]);
    }
    for (const body of [{ timezone: 'Asia/Riyadh' }, { timezone: 'Asia/Riyadh', scheduled_at: null }]) {
      const created = { channel: 'whatsapp_cloud', content: { message: 'No time' }, ...body };
      for (const refused of [
        await ask(cloud, nile, '/rest/v1/broadcasts', created),
        await ask(cloud, nile, `/rest/v1/broadcasts?id=eq.${made.id}`, body, { method: 'PATCH' }),
      ])
        assert.deepEqual([refused.body['code'], refused.body['details']], ['missing_field', 'scheduled_at']);
    }
    await tell(cloud, nile, 'cancel', made);
  });

  test('one whose account was removed is not started; at its time it fails, and stays as it is', async () => {
    const scheduled_at = new Date(Date.now() + 60_000).toISOString();
    const made = await listed(cloud, gulf, homeNumbers(1, 9001), 'From nowhere', { scheduled_at });
    const { id: account } = accountOf(gulf, 'sms');
    await ask(cloud, gulf, `/rest/v1/channel_accounts?id=eq.${account}`, undefined, { method: 'DELETE' });
    for (const action of ['start', 'preview']) {
      const refused = await ask(cloud, gulf, `/rest/v1/rpc/${action}_broadcast`, { id: made.id });
      assert.deepEqual([refused.status, refused.body['code']], [409, 'channel_account_gone'], action);
    }
    const change = (body: object) =>
      ask(cloud, gulf, `/rest/v1/broadcasts?id=eq.${made.id}`, body, { method: 'PATCH' });
    const soon = new Date(Date.now() + 5_000).toISOString();
    assert.equal((await change({ scheduled_at: soon })).status, 204);
    const failed = await whenBroadcast(cloud, gulf, made, 'FAILED');
    assert.equal(failed['problem_code'], 'no_channel_account');
    const late = await change({ name: 'x' });
    assert.deepEqual([late.status, late.body['code']], [409, 'not_changeable']);
  });

  test('an answer does not wait for a broadcast', async () => {
    const made = await listed(cloud, nile, homeNumbers(400, 5001), 'Bulk {{name}}');
    await fault(cloud, 'sms', { times: 10_000, delay_ms: HELD_MS });
    await tell(cloud, nile, 'start', made);
    await eventually('the first have left', async () => (await receivers(cloud, 'Bulk')).length > 4);
    const answer = await ask(cloud, nile, '/functions/v1/sms-send', { to: '+201002009999', message: 'Your answer' });
    await eventually('the answer has left', async () => (await receivers(cloud, 'Your answer')).length === 1);
    assert.equal(answer.status, 200);
    const left = (await receivers(cloud, 'Bulk')).length;
    await clearFaults(cloud, 'sms');
    assert.ok(left < 300, `${left} had left before it`);
    await whenBroadcast(cloud, nile, made, isOver);
  });
});
