import assert from 'node:assert/strict';
import test from 'node:test';
import { readRecurrence } from '@parley/core/domain/recurrence/recurrence.ts';
import type { Written } from '@parley/core/domain/recurrence/recurrence.ts';
import { comingOf, isOccurrence, LATEST_MS, turnOf } from '@parley/core/domain/series.ts';
import type { PastOccurrence, Series, Turn } from '@parley/core/domain/series.ts';
import { movedOn, stopped } from '@parley/core/domain/series-changes.ts';
import { clockChanges, shownAt } from '../support/wall-clock.ts';
import { zoneClock } from '../support/zone-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const nine = at('2026-03-05T09:00:00Z');

test('an occurrence that is due is made, and the next one is waited for', async () => {
  const series = await began('FREQ=DAILY');
  assert.equal(series.next, nine);
  const turn = await turnOf(series, nine - 1, nine);
  assert.deepEqual(turn, { fires: nine, passed: [], next: nine + DAY });
  const after = movedOn(series, turn, sent(nine));
  assert.deepEqual([after.status, after.next, after.done, after.past], ['ACTIVE', nine + DAY, 1, [sent(nine)]]);
});

test('of those that were missed the latest is made if it is less than an hour late; the others are noted', async () => {
  const series = await began('FREQ=MINUTELY;INTERVAL=15');
  const turn = await turnOf(series, nine - 1, nine + 40 * MINUTE);
  assert.deepEqual(turn, {
    fires: nine + 30 * MINUTE,
    passed: [missed(nine), missed(nine + 15 * MINUTE)],
    next: nine + 45 * MINUTE,
  });
  const daily = await began('FREQ=DAILY');
  assert.equal((await turnOf(daily, nine - 1, nine + LATEST_MS)).fires, nine);
  const late = await turnOf(daily, nine - 1, nine + 2 * DAY + LATEST_MS + 1);
  assert.deepEqual(late, { passed: [missed(nine), missed(nine + DAY), missed(nine + 2 * DAY)], next: nine + 3 * DAY });
  assert.equal(movedOn(daily, late, undefined).done, 3);
});

test('it ends with its count, whatever became of the occurrences, and with its date', async () => {
  const counted = await began('FREQ=DAILY;COUNT=3');
  assert.deepEqual(await comingOf(counted, 5), [nine, nine + DAY, nine + 2 * DAY]);
  const late = await turnOf(counted, nine - 1, nine + DAY);
  assert.deepEqual(late, { fires: nine + DAY, passed: [missed(nine)], next: nine + 2 * DAY });
  const last = movedOn(counted, late, sent(nine + DAY));
  assert.deepEqual(await comingOf(last, 5), [nine + 2 * DAY]);
  const over = movedOn(last, await turnOf(last, nine + 2 * DAY - 1, nine + 2 * DAY), sent(nine + 2 * DAY));
  assert.deepEqual([over.status, over.next, over.done], ['ENDED', undefined, 3]);
  assert.deepEqual(await comingOf(over, 5), []);
  const dated = await began('FREQ=DAILY;UNTIL=20260306T090000Z');
  assert.deepEqual(await comingOf(dated, 5), [nine, nine + DAY]);
});

test('what is left out counts, and is noted when nothing is left before it', async () => {
  const series = { ...(await began('FREQ=DAILY;COUNT=4')), skips: [nine + DAY, nine + 2 * DAY] };
  assert.deepEqual(await comingOf(series, 5), [nine, nine + 3 * DAY]);
  const turn = await turnOf(series, nine - 1, nine);
  assert.deepEqual(turn, { fires: nine, passed: [skipped(nine + DAY), skipped(nine + 2 * DAY)], next: nine + 3 * DAY });
  const after = movedOn(series, turn, sent(nine));
  assert.deepEqual(
    [after.done, after.skips, after.past.map(({ outcome }) => outcome)],
    [3, [], ['sent', 'skipped', 'skipped']],
  );
});

test('it is known of a moment whether it comes then, from the next one to the last', async () => {
  const counted = await began('FREQ=DAILY;COUNT=3');
  assert.deepEqual(await Promise.all([0, 1, 2, 3].map((days) => isOccurrence(counted, nine + days * DAY))), [
    true,
    true,
    true,
    false,
  ]);
  assert.deepEqual(await Promise.all([-1, 0.5].map((days) => isOccurrence(counted, nine + days * DAY))), [
    false,
    false,
  ]);
  assert.equal((await comingOf(await began('FREQ=DAILY'), 2)).length, 2);
});

test('what is left out at its end is left out no more', async () => {
  const series = { ...(await began('FREQ=DAILY;COUNT=2')), skips: [nine + DAY] };
  const over = movedOn(series, await turnOf(series, nine - 1, nine), sent(nine));
  assert.deepEqual([over.status, over.done, over.skips], ['ENDED', 2, []]);
});

test('one that stopped comes no more', async () => {
  const series = await began('FREQ=DAILY');
  for (const status of ['PAUSED', 'CANCELLED'] as const) {
    const still = stopped(series, status);
    assert.deepEqual([still.status, still.next, await comingOf(still, 5)], [status, undefined, []]);
  }
});

test('only the latest occurrences are kept', async () => {
  let series = await began('FREQ=HOURLY');
  for (let hour = 0; hour < 30; hour++) series = await fired(series);
  assert.equal(series.done, 30);
  assert.equal(series.past.length, 20);
  assert.equal(series.past.at(-1)?.at, nine + 29 * HOUR);
});

/** A time of day that each zone skips once a year, and one that it repeats. */
const hard: [string, string, string][] = [
  ['Africa/Cairo', '00:30', '23:30'],
  ['America/New_York', '02:30', '01:30'],
  ['Australia/Lord_Howe', '02:15', '01:45'],
  ['Asia/Gaza', '02:30', '01:30'],
  ['Europe/Berlin', '02:30', '02:30'],
];

for (const [zone, skippedTime, repeatedTime] of hard) {
  test(`${zone}: every day at a time that is skipped, or comes twice, is one message a day for two years`, async () => {
    const changes = clockChanges(zone, '2026-01-01', '2028-01-01');
    assert.ok(changes.length >= 4);
    for (const time of new Set([skippedTime, repeatedTime])) {
      let series = await began({ every: 'day', at: [time] }, zone, '2026-01-01T00:00:00');
      const days: string[] = [];
      while (days.length < 730) {
        days.push(new Date(shownAt(series.next ?? 0, zone)).toISOString().slice(0, 10));
        series = await fired(series);
      }
      const first = at('2026-01-01T00:00:00Z');
      assert.deepEqual(
        days,
        days.map((_, day) => new Date(first + day * DAY).toISOString().slice(0, 10)),
      );
    }
  });
}

/** The series after its next occurrence was made, just in time. */
async function fired(series: Series): Promise<Series> {
  const next = series.next ?? Number.NaN;
  const turn: Turn = await turnOf(series, next - 1, next);
  assert.equal(turn.fires, next);
  return movedOn(series, turn, sent(next));
}

async function began(written: Written, zone = 'UTC', start = '2026-03-05T09:00:00'): Promise<Series> {
  const clock = await zoneClock(zone);
  const read = await readRecurrence(written, start, clock);
  assert.ok(read.ok, JSON.stringify(read));
  const series = {
    recurrence: read.value,
    done: 0,
    skips: [],
    past: [],
    status: 'ACTIVE',
  } as Partial<Series> as Series;
  const from = clock.momentOf(start) - 1;
  return movedOn(series, await turnOf(series, from, from), undefined);
}

function sent(moment: number): PastOccurrence {
  return { at: moment, outcome: 'sent' };
}

function missed(moment: number): PastOccurrence {
  return { at: moment, outcome: 'missed' };
}

function skipped(moment: number): PastOccurrence {
  return { at: moment, outcome: 'skipped' };
}

function at(moment: string): number {
  return Date.parse(moment);
}
