import { fc } from './properties.ts';

const names = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const weekday = fc.constantFrom(...names);
const days = several(weekday, 7);
const months = several(whole(1, 12), 6);
const monthDays = several(fc.oneof(whole(1, 31), whole(-31, -1)), 5);
/** Those that every month has: `rrule` looks for a 30th of February until the year 9999. */
const sureDays = several(fc.oneof(whole(1, 28), whole(-28, -1)), 5);
const positions = several(fc.oneof(whole(1, 4), whole(-4, -1)), 2);
/** Around the hours in which clocks are moved; in order, because `rrule` takes them in the order in which they are written. */
const times = {
  BYHOUR: fc.subarray([0, 1, 2, 3, 9, 23], { minLength: 1, maxLength: 4 }),
  BYMINUTE: fc.subarray([0, 15, 30, 45], { minLength: 1, maxLength: 3 }),
};

/** Recurrence rules as people write them, without an end: every frequency with parts that go with it. */
export const ruleTexts: fc.Arbitrary<string> = fc.oneof(
  ruleText('MINUTELY', { INTERVAL: whole(15, 2000) }),
  ruleText('MINUTELY', { INTERVAL: fc.constantFrom(15, 30, 45, 60) }, { BYDAY: days }),
  ruleText('HOURLY', {}, { INTERVAL: whole(1, 30), BYMINUTE: times.BYMINUTE, BYDAY: days }),
  ruleText('DAILY', {}, { INTERVAL: whole(1, 9), ...times }),
  ruleText('DAILY', {}, { BYMONTH: months, BYMONTHDAY: sureDays, BYDAY: days, ...times }),
  ruleText('WEEKLY', {}, { INTERVAL: whole(1, 5), BYDAY: days, WKST: weekday, ...times }),
  ruleText('MONTHLY', {}, { INTERVAL: whole(1, 5), BYMONTHDAY: monthDays, ...times }),
  ruleText('MONTHLY', { BYDAY: numbered(4) }, { INTERVAL: whole(1, 5), ...times }),
  ruleText('MONTHLY', { BYDAY: days, BYSETPOS: positions }, { INTERVAL: whole(1, 5), ...times }),
  ruleText('YEARLY', {}, { BYMONTH: months, BYMONTHDAY: sureDays, ...times }),
  ruleText('YEARLY', { BYYEARDAY: several(fc.oneof(whole(1, 366), whole(-366, -1)), 6) }, times),
  ruleText('YEARLY', { BYWEEKNO: several(fc.oneof(whole(1, 53), whole(-53, -1)), 5), BYDAY: days }, times),
  ruleText('YEARLY', { BYDAY: numbered(40) }, times),
);

type Parts = Record<string, fc.Arbitrary<unknown>>;

function ruleText(frequency: string, always: Parts, sometimes: Parts = {}): fc.Arbitrary<string> {
  const parts = fc.tuple(fc.record(always), fc.record(sometimes, { requiredKeys: [] }));
  return parts.map(([own, more]) =>
    Object.entries({ FREQ: frequency, ...own, ...more })
      .map(([name, value]) => `${name}=${value}`)
      .join(';'),
  );
}

function whole(min: number, max: number): fc.Arbitrary<number> {
  return fc.integer({ min, max });
}

function numbered(most: number): fc.Arbitrary<string[]> {
  const number = fc.oneof(whole(1, most), whole(-most, -1));
  return several(
    fc.tuple(number, weekday).map((each) => each.join('')),
    3,
  );
}

function several<T>(value: fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<T[]> {
  return fc.uniqueArray(value, { minLength: 1, maxLength });
}
