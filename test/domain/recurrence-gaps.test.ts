import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import type * as Rrule from 'rrule';
import { readRecurrence } from '@parley/core/domain/recurrence/recurrence.ts';
import type { Written } from '@parley/core/domain/recurrence/recurrence.ts';
import { zoneClock } from '../support/zone-clock.ts';

const { RRule } = createRequire(import.meta.url)('rrule') as typeof Rrule;

const START = '2026-03-05T12:00:00';
const QUARTER_MS = 15 * 60_000;
const overNight = 'BYHOUR=0,23;BYMINUTE=0,59';

const apart = [
  ['every other hour', 'FREQ=HOURLY;INTERVAL=2;BYMINUTE=0,50'],
  ['hours that are not next to each other', 'FREQ=HOURLY;BYHOUR=9,11;BYMINUTE=0,50'],
  ['minutes of which few are meant', 'FREQ=MINUTELY;BYMINUTE=0,30'],
  ['every seventh minute, of which the two never come together', 'FREQ=MINUTELY;INTERVAL=7;BYMINUTE=0,10'],
  ['every other day', `FREQ=DAILY;INTERVAL=2;${overNight}`],
  ['one weekday', `FREQ=WEEKLY;BYDAY=MO;${overNight}`],
  ['two days that never follow each other', `FREQ=MONTHLY;BYMONTHDAY=3,5;${overNight}`],
  ['the first and the last hour of Mondays', `FREQ=HOURLY;BYDAY=MO;${overNight}`],
  ['one of two times', 'FREQ=DAILY;BYHOUR=9;BYMINUTE=0,10;BYSETPOS=1'],
  ['a day that never comes', `FREQ=MONTHLY;BYMONTHDAY=30,31;BYMONTH=2;${overNight}`],
  ['every other day, in words', { every: 'day', interval: 2, at: ['23:59', '00:00'] }],
  ['one day of the week, in words', { every: 'week', on: ['friday'], at: ['23:50', '00:00'] }],
] satisfies [string, Written][];

for (const [name, written] of apart)
  test(`comes at least a quarter of an hour apart: ${name}`, async () => {
    const read = await readRecurrence(written, START, await zoneClock('Africa/Cairo'));
    assert.ok(read.ok, JSON.stringify(read));
  });

const close = [
  ['every hour', 'FREQ=HOURLY;BYMINUTE=0,50'],
  ['hours next to each other', 'FREQ=HOURLY;BYHOUR=9,10;BYMINUTE=0,50'],
  ['the last hour of a day and the first of the next', `FREQ=HOURLY;${overNight}`],
  ['an hour that has none next to it', 'FREQ=HOURLY;INTERVAL=5;BYMINUTE=0,50,59'],
  ['the end of a February that is no leap year’s', `FREQ=MONTHLY;BYMONTHDAY=1,28;${overNight}`],
  ['the end of a February that is', `FREQ=YEARLY;BYMONTH=2,3;BYMONTHDAY=1,29;BYDAY=SA,SU;${overNight}`],
  ['the last day of a year and the first', `FREQ=YEARLY;BYYEARDAY=1,-1;${overNight}`],
  ['two of three times', 'FREQ=DAILY;BYHOUR=9;BYMINUTE=0,10,40;BYSETPOS=1,2'],
  ['every seventh minute', 'FREQ=MINUTELY;INTERVAL=7;BYMINUTE=0,14'],
  ['two days of the week, in words', { every: 'week', on: ['thu', 'fri'], at: ['23:50', '00:00'] }],
  ['two days of a leap year, in words', { every: 'year', on: ['02-29', '03-01'], at: ['23:50', '00:00'] }],
] satisfies [string, Written][];

for (const [name, written] of close)
  test(`comes too often some time: ${name}`, async () => {
    const read = await readRecurrence(written, START, await zoneClock('Africa/Cairo'));
    assert.equal(!read.ok && read.problem.code, 'too_often');
  });

const some = (values: number[]) => fc.subarray(values, { minLength: 1, maxLength: 3 }).map((each) => each.join(','));
const texts = fc
  .record({
    FREQ: fc.constantFrom('HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY'),
    // with 2 some hours never come, and the other implementation looks for them without end
    INTERVAL: fc.constantFrom('1', '5'),
    BYHOUR: some([0, 1, 9, 23]),
    BYMINUTE: some([0, 5, 20, 50, 59]),
    days: fc.constantFrom(
      '',
      ';BYDAY=MO,TU',
      ';BYDAY=MO,WE',
      ';BYMONTH=1,12',
      ';BYDAY=SU;BYSETPOS=1',
      ';BYSETPOS=1,-1',
    ),
  })
  .map(
    ({ days, ...rule }) =>
      Object.entries(rule)
        .map((part) => part.join('='))
        .join(';') + days,
  );

test('what is refused does come too often, and what is not does not, by another implementation', async () => {
  const clock = await zoneClock('Africa/Cairo');
  const property = fc.asyncProperty(texts, async (text) => {
    const read = await readRecurrence(text, START, clock);
    assert.equal(!read.ok, leastGap(text) < QUARTER_MS, text);
  });
  await fc.assert(property, { numRuns: 60 });
});

/** Between different ones of the first thousand times of a rule. */
function leastGap(text: string): number {
  let [least, last] = [Infinity, -Infinity];
  new RRule({ ...RRule.parseString(text), dtstart: new Date(`${START}Z`) }).all((date, index) => {
    if (date.getTime() > last) least = Math.min(least, date.getTime() - last);
    last = date.getTime();
    return index < 1000;
  });
  return least;
}
