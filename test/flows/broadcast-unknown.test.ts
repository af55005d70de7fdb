import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import {
  broadcast,
  counted,
  homeNumbers,
  isOver,
  listed,
  progressOf,
  receivers,
  tell,
  whenBroadcast,
} from '../support/broadcasts.ts';
import { ask, eventually, testCloud } from '../support/cloud.ts';
import type { Organization } from '../support/cloud.ts';
import { passTimeForVerdicts } from '../support/killed-broadcasts.ts';
import { clearFaults, fault } from '../support/phones.ts';
import { askForRetryAt } from '../support/table.ts';

const cloud = await testCloud();
const [nile, delta] = cloud.access.organizations as [Organization, Organization];

suite('messages of a broadcast of which nobody knows whether they arrived', () => {
  after(() => cloud.close());

  test('they have a count of their own, and go once more when they are asked for, however often that is', async () => {
    const made = await listed(cloud, nile, homeNumbers(20, 5001), 'Lost {{name}}');
    await fault(cloud, 'sms', { times: 5, lose_answer: true });
    await fault(cloud, 'sms', { times: 1, hold_receipts: true });
    await tell(cloud, nile, 'start', made);
    await eventually('all were asked for', async () => (await receivers(cloud, 'Lost')).length === 20);
    await cloud.drain();
    await passTimeForVerdicts({ cloud, organization: nile, made, providerFile: '' });
    const { unknown, failed, sent } = progressOf(await broadcast(cloud, nile, made));
    assert.deepEqual({ unknown, failed, sent }, { unknown: 5, failed: 0, sent: 15 });

    const path = '/rest/v1/rpc/retry_broadcast';
    assert.equal((await ask(cloud, delta, path, { id: made.id })).status, 404);
    const answers = await Promise.all([1, 2, 3].map(() => ask(cloud, nile, path, { id: made.id })));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200],
    );
    await eventually('the five were asked for again', async () => (await receivers(cloud, 'Lost')).length === 25);
    await tell(cloud, nile, 'retry', made);
    await cloud.drain();
    const times = Object.values(counted(await receivers(cloud, 'Lost')));
    assert.deepEqual(counted(times.map(String)), { 1: 15, 2: 5 });
    await clearFaults(cloud, 'sms');
    const over = await whenBroadcast(cloud, nile, made, isOver);
    assert.deepEqual([progressOf(over).delivered, progressOf(over).unknown], [20, 0]);
  });

  test('what failed after it was asked for is left alone, and so is a broadcast that never ran or is cancelled', async () => {
    const made = await listed(cloud, nile, homeNumbers(3, 6001), 'Twice lost {{name}}');
    assert.equal((await ask(cloud, nile, '/rest/v1/rpc/retry_broadcast', { id: made.id })).status, 409);
    await fault(cloud, 'sms', { times: 6, lose_answer: true });
    await fault(cloud, 'sms', { times: 1, hold_receipts: true });
    await tell(cloud, nile, 'start', made);
    await eventually('all were asked for', async () => (await receivers(cloud, 'Twice lost')).length === 3);
    await cloud.drain();
    await passTimeForVerdicts({ cloud, organization: nile, made, providerFile: '' });
    const asked = Date.now();
    await tell(cloud, nile, 'retry', made);
    await eventually('all were asked for again', async () => (await receivers(cloud, 'Twice lost')).length === 6);
    await cloud.drain();
    await passTimeForVerdicts({ cloud, organization: nile, made, providerFile: '' });
    // the task of then comes once more, as after a crash
    await askForRetryAt(cloud, made, asked);
    await cloud.drain();
    assert.equal((await receivers(cloud, 'Twice lost')).length, 6);
    assert.equal(progressOf(await broadcast(cloud, nile, made)).unknown, 3);
    await clearFaults(cloud, 'sms');

    const cancelled = await listed(cloud, nile, homeNumbers(3, 7001), 'Never {{name}}');
    await tell(cloud, nile, 'cancel', cancelled);
    assert.equal((await ask(cloud, nile, '/rest/v1/rpc/retry_broadcast', { id: cancelled.id })).status, 409);
  });
});
