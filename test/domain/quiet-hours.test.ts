import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import { readFields } from '@parley/core/domain/fields.ts';
import { clockOf } from '@parley/core/domain/local-time.ts';
import type { Clock } from '@parley/core/domain/local-time.ts';
import { isQuietFor, quietHours, quietUntil } from '@parley/core/domain/quiet-hours.ts';

const cairo = (await clockOf('Africa/Cairo')) as Clock;
const newYork = (await clockOf('America/New_York')) as Clock;
const night = { from: '22:00', to: '08:00' };

function endOf(hours: Parameters<typeof quietUntil>[0], clock: Clock, at: string): string | undefined {
  const until = quietUntil(hours, clock, Date.parse(at));
  return until === undefined ? undefined : new Date(until).toISOString();
}

test('a night is quiet from its evening to its morning', () => {
  assert.equal(endOf(night, cairo, '2026-01-10T19:59:59Z'), undefined);
  assert.equal(endOf(night, cairo, '2026-01-10T20:00:00Z'), '2026-01-11T06:00:00.000Z');
  assert.equal(endOf(night, cairo, '2026-01-11T05:59:59Z'), '2026-01-11T06:00:00.000Z');
  assert.equal(endOf(night, cairo, '2026-01-11T06:00:00Z'), undefined);
});

test('a quiet noon ends on the same day', () => {
  const noon = { from: '13:00', to: '14:30' };
  assert.equal(endOf(noon, cairo, '2026-01-10T11:00:00Z'), '2026-01-10T12:30:00.000Z');
  assert.equal(endOf(noon, cairo, '2026-01-10T12:30:00Z'), undefined);
});

test('a night belongs to the day on which it begins', () => {
  const friday = { ...night, days: ['friday' as const] };
  assert.equal(endOf(friday, cairo, '2026-01-10T00:00:00Z'), '2026-01-10T06:00:00.000Z', 'the morning after Friday');
  assert.equal(endOf(friday, cairo, '2026-01-10T21:00:00Z'), undefined, 'Saturday evening');
  assert.equal(endOf(friday, cairo, '2026-01-09T04:00:00Z'), undefined, 'the morning after Thursday');
});

test('where clocks change within the night, it ends by the clock on the wall', () => {
  assert.equal(endOf(night, newYork, '2026-03-08T04:00:00Z'), '2026-03-08T12:00:00.000Z');
  assert.equal(endOf(night, newYork, '2026-11-01T04:00:00Z'), '2026-11-01T13:00:00.000Z');
  const early = { from: '00:30', to: '02:30' };
  assert.equal(endOf(early, newYork, '2026-03-08T06:00:00Z'), '2026-03-08T07:00:00.000Z', 'a skipped end is the gap’s');
  const repeated = { from: '00:30', to: '01:30' };
  assert.equal(endOf(repeated, newYork, '2026-11-01T05:15:00Z'), '2026-11-01T05:30:00.000Z');
  assert.equal(endOf(repeated, newYork, '2026-11-01T06:15:00Z'), undefined, 'it ended when the clock first showed it');
  const begun = { from: '01:45', to: '07:00' };
  const message = 'it began when the clock first showed it, and shows an earlier time once more';
  assert.equal(endOf(begun, newYork, '2026-11-01T06:15:00Z'), '2026-11-01T12:00:00.000Z', message);
});

test('the end is always ahead, within a day and an hour, and not quiet itself', () => {
  const time = fc.tuple(fc.nat(23), fc.nat(59)).map((parts) => parts.map((n) => String(n).padStart(2, '0')).join(':'));
  const moment = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });
  fc.assert(
    fc.property(time, time, moment, fc.constantFrom(cairo, newYork), (from, to, at, clock) => {
      fc.pre(from !== to);
      const until = quietUntil({ from, to }, clock, at);
      if (until === undefined) return;
      assert.ok(until > at && until - at <= 25 * 3_600_000);
      assert.equal(quietUntil({ from, to }, clock, until), undefined);
    }),
    { numRuns: 200 },
  );
});

test('answers are never quiet unless told', () => {
  assert.deepEqual(
    (['bulk', 'scheduled', 'single'] as const).map((lane) => isQuietFor(night, lane)),
    [true, true, false],
  );
  assert.ok(isQuietFor({ ...night, lanes: ['single'] }, 'single'));
});

test('quiet hours say what they take', () => {
  const good = { ...night, timezone: 'Africa/Cairo', days: ['friday'], lanes: ['single'], policy: 'refuse' };
  assert.deepEqual(readFields(quietHours, good), { ok: true, value: good });
  const wrong: [object, string][] = [
    [{ from: '22:00' }, 'to'],
    [{ from: '24:00', to: '08:00' }, 'from'],
    [{ from: '22:00', to: '22:00' }, ''],
    [{ ...night, timezone: '+02:00' }, 'timezone'],
    [{ ...night, days: [] }, 'days'],
    [{ ...night, lanes: ['loud'] }, 'lanes.0'],
    [{ ...night, policy: 'maybe' }, 'policy'],
    [{ ...night, silence: true }, ''],
  ];
  for (const [value, path] of wrong) {
    const read = readFields(quietHours, value);
    assert.ok(!read.ok, JSON.stringify(value));
    assert.equal(read.misfit.path.join('.'), path);
  }
});
