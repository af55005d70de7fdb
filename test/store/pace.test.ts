import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import type { AccountPace } from '@parley/core/domain/pace.ts';
import { newChannelAccountId } from '@parley/core/domain/id.ts';
import type { Lane } from '@parley/core/domain/lanes.ts';
import { rushOf, stopAccount, stopOf, takeSlots } from '@parley/core/store/pace.ts';
import { ownTable } from '../support/own-table.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const table = await ownTable();
const DAY = 24 * 3_600_000;
const noon = Date.parse('2026-01-10T12:00:00Z');

/** As many senders at once as asked for. */
async function together(
  count: number,
  pace: AccountPace,
  now: number,
  account = newChannelAccountId(),
): Promise<number[]> {
  const slots = await Promise.all(
    Array.from({ length: count }, () =>
      takeSlots({ account, lane: 'single', pace, count: 1 }, { now, farthestMs: 12 * DAY }),
    ),
  );
  return slots.flat().toSorted((one, other) => one - other);
}

suite('an account’s pace, as its senders share it', () => {
  after(() => table.close());

  test('many senders at once get moments one after the other, from the first on', async () => {
    const slots = await together(40, { perSecond: 20, timeZone: 'UTC' }, noon);
    assert.deepEqual(
      slots,
      Array.from({ length: 40 }, (_, index) => noon + index * 50),
    );
  });

  test('with a random delay no two are closer than the least of it', async () => {
    const slots = await together(40, { minDelayMs: 300, maxDelayMs: 900, timeZone: 'UTC' }, noon);
    for (const [index, at] of slots.entries())
      if (index > 0) assert.ok(at - Number(slots[index - 1]) >= 300 - 0.002, `${at - Number(slots[index - 1])}`);
  });

  test('a day holds its limit however many come at once, and the next day holds the rest', async () => {
    const pace = { dailyLimit: 15, minDelayMs: 1000, timeZone: 'Africa/Cairo' };
    const slots = await together(40, pace, noon);
    const days = Map.groupBy(slots, (at) => new Date(at + 2 * 3_600_000).toISOString().slice(0, 10));
    assert.deepEqual(
      [...days].map(([day, own]) => [day, own.length]),
      [
        ['2026-01-10', 15],
        ['2026-01-11', 15],
        ['2026-01-12', 10],
      ],
    );
    assert.equal(slots[15], Date.parse('2026-01-10T22:00:00Z'));
  });

  test('a sender who comes after a queue of others, with delays as they are drawn, takes the next moment too', async () => {
    const account = newChannelAccountId();
    const pace = { dailyLimit: 300, minDelayMs: 400, maxDelayMs: 1200, timeZone: 'UTC' };
    let now = noon;
    let last = 0;
    for (const count of [5, 1, 3, 1, 4]) {
      const slots = await together(count, pace, now, account);
      assert.ok(Number(slots[0]) >= now && Number(slots[0]) >= last + 400 - 0.002);
      last = Number(slots.at(-1));
      now = last + 5000;
    }
  });

  test('moments that passed unused do not add up', async () => {
    const account = newChannelAccountId();
    const pace = { perSecond: 1, timeZone: 'UTC' };
    await together(3, pace, noon, account);
    assert.deepEqual(await together(3, pace, noon + 60_000, account), [noon + 60_000, noon + 61_000, noon + 62_000]);
  });

  test('a limit that is lifted, and set again, counts what went meanwhile', async () => {
    const account = newChannelAccountId();
    const limited = { dailyLimit: 6, timeZone: 'UTC' };
    await together(2, limited, noon, account);
    await together(3, { perSecond: 100, timeZone: 'UTC' }, noon, account);
    const slots = await together(2, limited, noon + 1000, account);
    assert.deepEqual(slots, [noon + 1000, Date.parse('2026-01-11T00:00:00Z')]);
  });

  test('what would come too late takes nothing', async () => {
    const account = newChannelAccountId();
    const pace = { dailyLimit: 1, timeZone: 'UTC' };
    const take = async () =>
      (await takeSlots({ account, lane: 'single', pace, count: 1 }, { now: noon, farthestMs: 2 * DAY }))[0];
    const slots = [await take(), await take(), await take(), await take(), await take()];
    assert.deepEqual(
      slots.map((at) => at && new Date(at).toISOString().slice(0, 10)),
      ['2026-01-10', '2026-01-11', '2026-01-12', undefined, undefined],
    );
  });

  test('senders that never rest reach 95 % of what is allowed, and never more', async () => {
    const account = newChannelAccountId();
    const pace = { perSecond: 40, timeZone: 'UTC' };
    const [clock, lasting] = [virtualClock(noon), 30_000];
    const sent: number[] = [];
    const worker = async (): Promise<void> => {
      while (clock.now() < noon + lasting) {
        const wanted = { account, lane: 'single', pace, count: 1 } as const;
        const at = Number((await takeSlots(wanted, { now: clock.now(), farthestMs: DAY }))[0]);
        await clock.sleep(at - clock.now());
        if (at < noon + lasting) sent.push(at);
      }
    };
    await clock.run(Array.from({ length: 8 }, () => worker));
    const allowed = (lasting / 1000) * 40;
    assert.ok(sent.length <= allowed, `${sent.length} of ${allowed}`);
    assert.ok(sent.length >= allowed * 0.95, `${sent.length} of ${allowed}`);
    const ordered = sent.toSorted((one, other) => one - other);
    for (const [index, at] of ordered.entries())
      assert.ok((ordered[index + 40] ?? Number.POSITIVE_INFINITY) - at >= 1000 - 0.002);
  });

  test('several moments cost one write, and nobody gets the same one', async () => {
    const [account, pace] = [newChannelAccountId(), { perSecond: 20, timeZone: 'UTC' }];
    const of = (count: number) => takeSlots({ account, lane: 'single', pace, count }, { now: noon, farthestMs: DAY });
    await of(1);
    table.dynamoDb.capacity.reset();
    const batches = await Promise.all([of(10), of(10), of(10)]);
    const writes = table.dynamoDb.capacity.read().calls.filter(({ operation }) => operation === 'UpdateItem');
    assert.equal(writes.length, 3);
    assert.deepEqual(
      batches.flat().toSorted((one, other) => one - other),
      Array.from({ length: 30 }, (_, index) => noon + (index + 1) * 50),
    );
  });

  test('answers go at once in the middle of a broadcast, and both together stay within the rate', async () => {
    const [account, pace] = [newChannelAccountId(), { perSecond: 20, timeZone: 'UTC' }];
    const of = (lane: Lane, count: number, now: number) =>
      takeSlots({ account, lane, pace, count }, { now, farthestMs: DAY });
    await of('bulk', 60, noon);
    const [answer] = await of('single', 1, noon + 500);
    assert.equal(answer, noon + 500, 'an answer waits for no broadcast');
    const after = await of('bulk', 40, noon + 500);
    const seconds = (Number(after.at(-1)) - Number(after[0])) / 1000;
    assert.ok(39 / seconds <= 20 * 0.8 + 0.001, `a broadcast beside answers goes at ${39 / seconds} a second`);
  });

  test('a broadcast alone has all of the rate', async () => {
    const [account, pace] = [newChannelAccountId(), { perSecond: 20, timeZone: 'UTC' }];
    const slots = await takeSlots({ account, lane: 'bulk', pace, count: 20 }, { now: noon, farthestMs: DAY });
    assert.equal(slots.at(-1), noon + 19 * 50);
  });

  test('a broadcast leaves a fifth of a day’s limit to answers, and both together keep to it', async () => {
    const [account, pace] = [newChannelAccountId(), { dailyLimit: 10, timeZone: 'UTC' }];
    const midnight = Date.parse('2026-01-11T00:00:00Z');
    const today = (slots: number[]) => slots.filter((at) => at < midnight).length;
    const of = (lane: Lane, count: number) =>
      takeSlots({ account, lane, pace, count }, { now: noon, farthestMs: 12 * DAY });
    assert.equal(today(await of('single', 1)), 1);
    assert.equal(today(await of('bulk', 30)), 8);
    assert.equal(today(await of('single', 1)), 1);
    assert.equal(today(await of('single', 1)), 0);
  });

  test('an account that its provider stopped stays so for the longest time asked for', async () => {
    const account = newChannelAccountId();
    assert.equal((await rushOf(account)).stoppedUntil, 0);
    await stopAccount(account, noon + 5000);
    await stopAccount(account, noon + 1000);
    assert.equal((await rushOf(account)).stoppedUntil, noon + 5000);
    const pace = { perSecond: 20, timeZone: 'UTC' };
    await takeSlots({ account, lane: 'single', pace, count: 1 }, { now: noon, farthestMs: DAY });
    rushOf.forget(account);
    const stopped = { stoppedUntil: noon + 5000, bulkStoppedUntil: 0, takenUntil: noon + 50 };
    assert.deepEqual(await rushOf(account), stopped);
    await stopAccount(account, noon + 9000, 'bulk');
    const rush = await rushOf(account);
    assert.deepEqual(rush, { ...stopped, bulkStoppedUntil: noon + 9000 });
    assert.deepEqual([stopOf(rush, 'single'), stopOf(rush, 'bulk')], [noon + 5000, noon + 9000]);
  });
});
