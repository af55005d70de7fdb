import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { newChannelAccountId } from '@parley/core/domain/id.ts';
import type { Lane } from '@parley/core/domain/lanes.ts';
import { rushOf, stopAccount, takeSlots } from '@parley/core/store/pace.ts';
import { slowAccount } from '@parley/core/store/slow-account.ts';
import { ownTable } from '../support/own-table.ts';

const table = await ownTable();
const pace = { perSecond: 40, timeZone: 'UTC' };
const DAY = 24 * 3_600_000;

suite('an account that its provider slows', () => {
  after(() => table.close());

  test('moments that were taken far ahead are given out anew after the stop, at the lower rate, and faster with time', async () => {
    const [account, now] = [newChannelAccountId(), Date.now()];
    const take = (lane: Lane, count: number) => takeSlots({ account, lane, pace, count }, { now, farthestMs: DAY });
    await take('bulk', 4000);
    const slowdown = await slowAccount(account, { full: 40, askedAt: now, until: now + 2000 });
    assert.equal(slowdown?.to, 30);
    const [first = 0, second = 0] = await take('bulk', 2);
    assert.equal(first, now + 2000);
    assert.ok(Math.abs(second - first - 1000 / 30) < 0.5, `${second - first}`);
    // what is taken for a minute from now is taken by the rate of then
    await take('bulk', 30 * 60);
    const [late = 0, later = 0] = await take('bulk', 2);
    assert.ok(later - late < 1000 / 33, `${later - late}`);
  });

  test('of many that are refused together one slows it, by one write; the others stop it for as long as the longest', async () => {
    const [account, now] = [newChannelAccountId(), Date.now()];
    const waits = Array.from({ length: 20 }, (_, index) => now + 1000 + index * 100);
    const slowdowns = await Promise.all(waits.map((until) => slowAccount(account, { full: 40, askedAt: now, until })));
    assert.equal(slowdowns.filter(Boolean).length, 1);
    const { slowdown, stoppedUntil } = await rushOf(account);
    assert.deepEqual([slowdown?.to, stoppedUntil], [30, now + 2900]);
  });

  test('a stop that is longer than this one’s stays', async () => {
    const [account, now] = [newChannelAccountId(), Date.now()];
    await stopAccount(account, now + 60_000);
    await slowAccount(account, { full: 40, askedAt: now, until: now + 1000 });
    assert.equal((await rushOf(account)).stoppedUntil, now + 60_000);
  });
});
