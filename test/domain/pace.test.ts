import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import { capabilities as instagram } from '@parley/core/channels/instagram/capabilities.ts';
import { capabilities as messenger } from '@parley/core/channels/messenger/capabilities.ts';
import { capabilities as whatsapp } from '@parley/core/channels/whatsapp_cloud/capabilities.ts';
import { capabilities as telegram } from '@parley/core/channels/telegram/capabilities.ts';
import { accountSettings } from '@parley/core/domain/account-settings.ts';
import { endOfDay } from '@parley/core/domain/day.ts';
import { readFields } from '@parley/core/domain/fields.ts';
import { laneIn, shareOf } from '@parley/core/domain/lanes.ts';
import {
  delayOf,
  nextEven,
  nextSlots,
  paceForType,
  paceOf,
  recipientRate,
  usualPace,
} from '@parley/core/domain/pace.ts';
import type { AccountPace, PaceState } from '@parley/core/domain/pace.ts';

const HOUR = 3_600_000;
const zones = ['UTC', 'Africa/Cairo', 'America/Sao_Paulo', 'Asia/Kolkata', 'Europe/Berlin', 'Pacific/Apia', '-10:35'];

/** Slots of a sender who is never out of messages, from one moment to another. */
function slotsBetween(pace: AccountPace, from: number, to: number, random: () => number): number[] {
  const slots: number[] = [];
  let state: PaceState | undefined;
  for (;;) {
    const slot = nextSlots(state, from, pace, [delayOf(pace, random())]);
    const at = Number(slot.at[0]);
    if (at >= to) return slots;
    slots.push(at);
    state = slot.state;
  }
}

function dayIn(timeZone: string, at: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at);
}

test('no two messages are closer than the delay drawn, and none is before its time', () => {
  fc.assert(
    fc.property(
      fc.record(
        {
          dailyLimit: fc.integer({ min: 1, max: 50 }),
          minDelayMs: fc.integer({ min: 0, max: 5000 }),
          maxDelayMs: fc.integer({ min: 0, max: 9000 }),
          perSecond: fc.integer({ min: 1, max: 100 }),
        },
        { requiredKeys: [] },
      ),
      fc.constantFrom(...zones),
      fc.array(
        fc.record({ pause: fc.integer({ min: 0, max: 5 * HOUR }), random: fc.double({ min: 0, max: 1, noNaN: true }) }),
      ),
      (limits, timeZone, arrivals) => {
        const pace = { ...limits, timeZone };
        let now = Date.UTC(2026, 2, 28, 12);
        let state: PaceState | undefined;
        let free = 0;
        const perDay = new Map<string, number>();
        for (const { pause, random } of arrivals) {
          now += pause;
          const delay = delayOf(pace, random);
          const { at: taken, state: after } = nextSlots(state, now, pace, [delay]);
          const at = Number(taken[0]);
          assert.ok(at >= now && at >= free, `${at} is before ${free} or ${now}`);
          free = at + delay;
          state = after;
          const day = dayIn(timeZone, at);
          perDay.set(day, (perDay.get(day) ?? 0) + 1);
        }
        if (limits.dailyLimit !== undefined)
          assert.ok([...perDay.values()].every((count) => count <= (limits.dailyLimit ?? 0)));
      },
    ),
    { numRuns: 300 },
  );
});

test('nothing that is allowed is left unused while messages wait', () => {
  const start = Date.UTC(2026, 5, 1);
  const even = slotsBetween({ perSecond: 80, timeZone: 'UTC' }, start, start + 10_000, Math.random);
  assert.equal(even.length, 800);
  const uneven = slotsBetween({ minDelayMs: 400, maxDelayMs: 1200, timeZone: 'UTC' }, start, start + HOUR, Math.random);
  assert.ok(Math.abs(uneven.length - 4500) < 4500 * 0.05, `${uneven.length} in an hour, where 4500 are the mean`);
  const daily = slotsBetween(
    { dailyLimit: 300, minDelayMs: 400, timeZone: 'Africa/Cairo' },
    start,
    start + 72 * HOUR,
    Math.random,
  );
  // Cairo's first of June began three hours earlier, so four of its days are touched.
  assert.equal(daily.length, 4 * 300);
});

test('a used-up day waits for the next one of the account, at its very beginning', () => {
  const pace = { dailyLimit: 2, timeZone: 'Africa/Cairo' };
  const evening = Date.parse('2026-01-10T20:00:00Z');
  const slots = slotsBetween(pace, evening, evening + 24 * HOUR, Math.random);
  assert.deepEqual(
    slots.map((at) => new Date(at).toISOString()),
    ['2026-01-10T20:00:00.000Z', '2026-01-10T20:00:00.000Z', '2026-01-10T22:00:00.000Z', '2026-01-10T22:00:00.000Z'],
  );
});

test('a message at the very end of a day is one of the next', () => {
  const pace = { dailyLimit: 2, timeZone: 'UTC' };
  const midnight = Date.UTC(2026, 0, 11);
  const { at, state } = nextSlots({ next: midnight, until: midnight, count: 1 }, midnight, pace, [0]);
  assert.deepEqual([at, state], [[midnight], { next: midnight, until: midnight + 24 * HOUR, count: 1 }]);
});

test('a lane has all of a rate while the other rests, and broadcasts a fifth of it while answers are a crowd', () => {
  const now = Date.UTC(2026, 0, 11);
  const share = (next: number) => shareOf('bulk', { single: { next: now + next, until: 0, count: 1 } }, now);
  assert.deepEqual([-2001, -2000, 500, 501].map(share), [1, 0.8, 0.8, 0.2]);
  assert.equal(laneIn({ dailyLimit: 4, timeZone: 'UTC' }, 'bulk'), 'single');
  assert.equal(laneIn({ dailyLimit: 5, timeZone: 'UTC' }, 'bulk'), 'bulk');
});

test('days are those of the calendar, with 23 and 25 hours where clocks change', () => {
  const ends: [zone: string, at: string, end: string][] = [
    ['UTC', '2026-01-31T23:59:59.999Z', '2026-02-01T00:00:00.000Z'],
    ['UTC', '2026-02-01T00:00:00.000Z', '2026-02-02T00:00:00.000Z'],
    ['Europe/Berlin', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['Europe/Berlin', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    ['Asia/Kolkata', '2026-01-01T00:00:00.000Z', '2026-01-01T18:30:00.000Z'],
    // Samoa left out the 30th of December 2011.
    ['Pacific/Apia', '2011-12-29T12:00:00.000Z', '2011-12-30T10:00:00.000Z'],
  ];
  for (const [zone, at, end] of ends) assert.equal(new Date(endOfDay(Date.parse(at), zone)).toISOString(), end, zone);
});

test('a delay lies between its bounds, and is never shorter than the even interval of a rate', () => {
  fc.assert(
    fc.property(
      fc.nat(10_000),
      fc.nat(10_000),
      fc.integer({ min: 1, max: 100 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (one, other, perSecond, random) => {
        const [minDelayMs, maxDelayMs] = [Math.min(one, other), Math.max(one, other)];
        const delay = delayOf({ minDelayMs, maxDelayMs }, random);
        assert.ok(delay >= minDelayMs && delay <= maxDelayMs);
        assert.equal(delayOf({ minDelayMs, maxDelayMs, perSecond }, random), Math.max(delay, 1000 / perSecond));
      },
    ),
  );
});

test('an account has its channel’s pace, and its own where it sets one; null lifts a limit', () => {
  const usual = { dailyLimit: 300, minDelayMs: 400, maxDelayMs: 1200 };
  assert.equal(paceOf(undefined, undefined), undefined);
  assert.equal(paceOf(undefined, { timezone: 'Africa/Cairo' }), undefined);
  assert.deepEqual(paceOf(usual, undefined), { ...usual, timeZone: 'UTC' });
  assert.deepEqual(paceOf(usual, { daily_limit: 1000, timezone: 'Africa/Cairo' }), {
    ...usual,
    dailyLimit: 1000,
    timeZone: 'Africa/Cairo',
  });
  assert.deepEqual(paceOf(usual, { max_delay_ms: 100 }), { dailyLimit: 300, maxDelayMs: 100, timeZone: 'UTC' });
  assert.deepEqual(paceOf(usual, { min_delay_ms: 100 }), { dailyLimit: 300, minDelayMs: 100, timeZone: 'UTC' });
  assert.equal(paceOf(usual, { daily_limit: null, min_delay_ms: null, max_delay_ms: null }), undefined);
  assert.deepEqual(paceOf(undefined, { per_second: 20 }), { perSecond: 20, timeZone: 'UTC' });
});

test('settings say what they take', () => {
  const good = { timezone: 'Africa/Cairo', daily_limit: 300, min_delay_ms: 0, max_delay_ms: null, per_second: 20 };
  assert.deepEqual(readFields(accountSettings, good), { ok: true, value: good });
  assert.deepEqual(readFields(accountSettings, {}), { ok: true, value: {} });
  // days begin there without regard to summer time
  assert.ok(readFields(accountSettings, { timezone: '+02:00' }).ok);
  const wrong: [object, string, RegExp][] = [
    [{ timezone: 'Mars/Olympus' }, 'timezone', /time zone, as in Africa/],
    [{ daily_limit: 0 }, 'daily_limit', /from 1 to 1000000/],
    [{ daily_limit: '300' }, 'daily_limit', /whole number/],
    [{ min_delay_ms: 1.5 }, 'min_delay_ms', /whole number/],
    [{ per_second: 1001 }, 'per_second', /to 1000/],
    [{ min_delay_ms: 5, max_delay_ms: 4 }, '', /longer than its max_delay_ms/],
    [{ warp: 9 }, '', /no field 'warp'/],
  ];
  for (const [settings, path, words] of wrong) {
    const read = readFields(accountSettings, settings);
    assert.ok(!read.ok);
    assert.equal(read.misfit.path.join('.'), path);
    assert.match(read.misfit.words, words);
  }
});

test('what a provider publishes is an account’s pace, with a little to spare; the channel’s own goes before it', () => {
  const rates = [
    { per: 'second', scope: 'account', count: 80 },
    { per: 'minute', scope: 'recipient', count: 10, burst: 45 },
  ] as const;
  const { perSecond = 0 } = usualPace([...rates], undefined);
  assert.ok(perSecond >= 80 * 0.95 && perSecond < 80);
  assert.deepEqual(usualPace([{ per: 'day', scope: 'account', count: 300 }], { minDelayMs: 400 }), {
    dailyLimit: 300,
    minDelayMs: 400,
  });
  const { eachMs = 0, burst } = recipientRate([...rates]) ?? {};
  assert.ok(eachMs > 6000 && eachMs <= 6000 / 0.95);
  assert.equal(burst, 44);
  assert.equal(recipientRate([rates[0]]), undefined);
});

test('an account like one of which the provider publishes more or less has that rate; a type of messages its own', () => {
  const published: [facts: Record<string, string>, perSecond: number][] = [
    [{}, 78.4],
    [{ throughput: 'STANDARD' }, 78.4],
    [{ phone_app: 'yes' }, 19.6],
    [{ throughput: 'HIGH' }, 980],
    [{ phone_app: 'yes', throughput: 'HIGH' }, 19.6],
  ];
  for (const [facts, perSecond] of published)
    assert.deepEqual(usualPace(whatsapp.rates, undefined, facts), { perSecond });
  for (const { rates } of [messenger, instagram]) {
    const pace = paceOf(usualPace(rates, undefined), undefined);
    assert.ok(pace?.perSecond !== undefined && pace.perSecond > 90);
    assert.equal(paceForType(pace, rates, 'text'), pace);
    for (const type of ['audio', 'video'] as const) assert.equal(paceForType(pace, rates, type).perSecond, 9.8);
    assert.equal(paceForType({ ...pace, perSecond: 5 }, rates, 'video').perSecond, 5);
  }
});

test('a recipient gets a burst, then one at the even interval, and a burst again after a rest', () => {
  const rate = { eachMs: 6000, burst: 45 };
  let used: number | undefined;
  const at: number[] = [];
  for (let count = 0; count < 50; count++) {
    const next = nextEven(rate, used, 1_000_000);
    at.push(next.at - 1_000_000);
    used = next.usedUntil;
  }
  assert.deepEqual(
    at.slice(0, 45),
    Array.from({ length: 45 }, () => 0),
  );
  assert.deepEqual(at.slice(45), [6000, 12_000, 18_000, 24_000, 30_000]);
  assert.equal(nextEven(rate, used, 9_000_000).at, 9_000_000);
});

test('of 25 messages for one Telegram group no 21 leave within a minute, however late each is looked at', () => {
  const rate = recipientRate(telegram.rates, true);
  assert.ok(rate);
  fc.assert(
    fc.property(fc.array(fc.nat(5000), { minLength: 25, maxLength: 25 }), (lateness) => {
      let used: number | undefined;
      let now = 1_700_000_000_000;
      const times = lateness.map((late) => {
        now = nextEven(rate, used, now).at + late;
        used = nextEven(rate, used, now).usedUntil;
        return now;
      });
      for (const [index, at] of times.entries())
        assert.ok((times[index + 20] ?? Number.POSITIVE_INFINITY) - at >= 60_000);
    }),
  );
});

test('several moments at once are those that would come one by one', () => {
  const start = Date.UTC(2026, 0, 10, 12);
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 6 * HOUR }), { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 9 }),
      (delays, dailyLimit) => {
        const pace = { dailyLimit, timeZone: 'Africa/Cairo' };
        let state: PaceState | undefined;
        const single = delays.map((delay) => {
          const slot = nextSlots(state, start, pace, [delay]);
          state = slot.state;
          return slot.at[0];
        });
        assert.deepEqual(nextSlots(undefined, start, pace, delays).at, single);
      },
    ),
  );
});
