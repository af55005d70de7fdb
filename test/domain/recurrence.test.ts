import assert from 'node:assert/strict';
import test from 'node:test';
import { nextOccurrences } from '@parley/core/domain/recurrence/occurrences.ts';
import { readRecurrence } from '@parley/core/domain/recurrence/recurrence.ts';
import type { Recurrence, Written } from '@parley/core/domain/recurrence/recurrence.ts';
import { zoneClock } from '../support/zone-clock.ts';
import { processorMsOf } from '../support/processor-time.ts';

/** What summer time does to a time of day: the zone, a start, how often, and the moments (UTC) that must follow. */
const hard: [string, string, Written, string[]][] = [
  // 00:00 on 24 April becomes 01:00; 24:00 on 29 October becomes 23:00
  ['Africa/Cairo', '2026-04-22T00:30:00', 'FREQ=DAILY', ['04-21T22:30', '04-22T22:30', '04-23T22:00', '04-24T21:30']],
  ['Africa/Cairo', '2026-10-28T23:30:00', 'FREQ=DAILY', ['10-28T20:30', '10-29T20:30', '10-30T21:30']],
  // 02:00 on 8 March becomes 03:00; 02:00 on 1 November becomes 01:00
  ['America/New_York', '2026-03-07T02:30:00', 'FREQ=DAILY', ['03-07T07:30', '03-08T07:00', '03-09T06:30']],
  ['America/New_York', '2026-10-31T01:30:00', 'FREQ=DAILY', ['10-31T05:30', '11-01T05:30', '11-02T06:30']],
  // half an hour: 02:00 on 4 October becomes 02:30; 02:00 on 5 April becomes 01:30
  ['Australia/Lord_Howe', '2026-10-03T02:15:00', 'FREQ=DAILY', ['10-02T15:45', '10-03T15:30', '10-04T15:15']],
  ['Australia/Lord_Howe', '2026-04-04T01:45:00', 'FREQ=DAILY', ['04-03T14:45', '04-04T14:45', '04-05T15:15']],
  // 02:00 on 28 March becomes 03:00; 02:00 on 24 October becomes 01:00
  ['Asia/Gaza', '2026-03-27T02:30:00', 'FREQ=DAILY', ['03-27T00:30', '03-28T00:00', '03-28T23:30']],
  ['Asia/Gaza', '2026-10-23T01:30:00', 'FREQ=DAILY', ['10-22T22:30', '10-23T22:30', '10-24T23:30']],
  ['Europe/Berlin', '2026-03-28T02:30:00', 'FREQ=DAILY', ['03-28T01:30', '03-29T01:00', '03-30T00:30']],
  ['Europe/Berlin', '2026-10-24T02:30:00', 'FREQ=DAILY', ['10-24T00:30', '10-25T00:30', '10-26T01:30']],
  // what is skipped comes once, however often, and the repeated hour is not gone through twice
  ['Europe/Berlin', '2026-03-29T01:30:00', 'FREQ=MINUTELY;INTERVAL=30', ['03-29T00:30', '03-29T01:00', '03-29T01:30']],
  ['Europe/Berlin', '2026-10-25T02:30:00', 'FREQ=MINUTELY;INTERVAL=30', ['10-25T00:30', '10-25T02:00', '10-25T02:30']],
  ['Europe/Berlin', '2026-03-29T01:00:00', { every: 'day', at: ['02:30', '03:00'] }, ['03-29T01:00', '03-30T00:30']],
];

for (const [zone, start, written, expected] of hard) {
  test(`${zone}: ${JSON.stringify(written)} from ${start}`, async () => {
    const found = await moments(zone, start, written, expected.length);
    assert.deepEqual(
      found.map((moment) => moment.slice(5, 16)),
      expected,
    );
  });
}

/** The same in a rule and in words. */
const same: [string, Written][] = [
  ['FREQ=DAILY;INTERVAL=2;BYHOUR=9;BYMINUTE=0;BYSECOND=0', { every: 'day', interval: 2, at: ['09:00'] }],
  ['FREQ=WEEKLY;BYDAY=SU,TU;BYHOUR=17;BYMINUTE=45;BYSECOND=0', { every: 'week', on: ['Sunday', 'tue'], at: ['17:45'] }],
  ['FREQ=MONTHLY;BYMONTHDAY=1,-1;BYHOUR=8;BYMINUTE=0;BYSECOND=0', { every: 'month', on: [1, -1], at: ['08:00'] }],
  [
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYHOUR=8;BYMINUTE=0;BYSECOND=0',
    { every: 'year', on: ['02-29'], at: ['08:00'] },
  ],
  ['rrule:freq=hourly;interval=6', { every: 'hour', interval: 6 }],
  [
    'FREQ=MONTHLY;BYMONTHDAY=5;BYHOUR=10,9;BYMINUTE=30,00',
    { every: 'month', at: ['09:00', '09:30', '10:00', '10:30'] },
  ],
  ['FREQ=DAILY;UNTIL=20260310', { every: 'day', until: '2026-03-10' }],
  ['FREQ=DAILY;UNTIL=20260310T120000Z', { every: 'day', until: '2026-03-10T14:00:00+02:00' }],
  ['FREQ=DAILY;UNTIL=20260310T120000', { every: 'day', until: '2026-03-10T12:00' }],
];

for (const [rule, words] of same) {
  test(`${rule} in words`, async () => {
    const start = '2026-03-05T12:00:00';
    const found = await moments('Africa/Cairo', start, rule, 8);
    assert.ok(found.length > 0);
    assert.deepEqual(await moments('Africa/Cairo', start, words, 8), found);
  });
}

test('what a rule leaves open it takes from its start, and says so', async () => {
  assert.deepEqual(await rules('FREQ=DAILY'), ['FREQ=DAILY;BYHOUR=9;BYMINUTE=30;BYSECOND=0']);
  assert.deepEqual(await rules('FREQ=WEEKLY'), ['FREQ=WEEKLY;BYDAY=TH;BYHOUR=9;BYMINUTE=30;BYSECOND=0']);
  assert.deepEqual(await rules('FREQ=MONTHLY'), ['FREQ=MONTHLY;BYMONTHDAY=5;BYHOUR=9;BYMINUTE=30;BYSECOND=0']);
  assert.deepEqual(await rules('FREQ=YEARLY'), ['FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=5;BYHOUR=9;BYMINUTE=30;BYSECOND=0']);
  assert.deepEqual(await rules('FREQ=YEARLY;BYWEEKNO=20'), [
    'FREQ=YEARLY;BYWEEKNO=20;BYDAY=TH;BYHOUR=9;BYMINUTE=30;BYSECOND=0',
  ]);
  assert.deepEqual(await rules('FREQ=HOURLY;INTERVAL=02'), ['FREQ=HOURLY;INTERVAL=2;BYMINUTE=30;BYSECOND=0']);
});

test('an end is a moment, and nothing comes after it; a day ends where the next begins', async () => {
  const from = '2026-10-28T23:30:00';
  // the day has 25 hours there, and the later 23:30 of it is no occurrence
  assert.equal((await moments('Africa/Cairo', from, 'FREQ=DAILY;UNTIL=20261029', 9)).length, 2);
  assert.equal((await moments('Africa/Cairo', from, 'FREQ=DAILY;UNTIL=20261029T202959Z', 9)).length, 1);
  assert.equal((await moments('Africa/Cairo', from, 'FREQ=DAILY;UNTIL=20261029T203000Z', 9)).length, 2);
  assert.equal((await moments('Africa/Cairo', '2026-03-05T23:59:30', 'FREQ=DAILY;UNTIL=20260305', 9)).length, 1);
  assert.equal((await accepted('FREQ=DAILY;COUNT=7')).count, 7);
});

test('a rule that never comes true has no occurrence, and is given up soon', async () => {
  const took = await processorMsOf(async () => {
    for (const rule of ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'FREQ=MINUTELY;INTERVAL=15;BYMONTH=2;BYMONTHDAY=30'])
      assert.deepEqual(await moments('Africa/Cairo', '2026-03-05T12:00:00', rule, 1), []);
  });
  assert.ok(took < 5000, `${took} ms`);
});

/** Wrong, and words of the answer. */
const wrong: [Written, RegExp][] = [
  ['', /'' is no part of a rule/],
  ['BYHOUR=9', /FREQ is missing/],
  ['FREQ=SOMETIMES', /FREQ takes one of YEARLY/],
  ['FREQ=SECONDLY', /FREQ takes one of/],
  ['FREQ=DAILY;FREQ=DAILY', /FREQ stands twice/],
  ['FREQ=DAILY;BYHOUR=24', /BYHOUR takes hours from 0 to 23/],
  ['FREQ=DAILY;BYSECOND=0,30', /BYSECOND takes one second/],
  ['FREQ=DAILY;BYEASTER=1', /'BYEASTER=1' is no part/],
  ['FREQ=DAILY;constructor=1', /is no part/],
  ['FREQ=DAILY;INTERVAL=0', /INTERVAL takes a whole number from 1 to 1000/],
  ['FREQ=DAILY;INTERVAL=1001', /INTERVAL takes a whole number from 1 to 1000/],
  ['FREQ=DAILY;COUNT=40001', /COUNT takes a whole number from 1 to 40000/],
  ['FREQ=DAILY;COUNT=2;UNTIL=20270101', /two ends/],
  ['FREQ=DAILY;UNTIL=20270230', /no such time as '2027-02-30'/],
  ['FREQ=DAILY;UNTIL=tomorrow', /UNTIL takes a day/],
  ['FREQ=WEEKLY;BYDAY=2MO', /numbered weekdays/],
  ['FREQ=WEEKLY;BYMONTHDAY=2', /BYMONTHDAY does not go with FREQ=WEEKLY/],
  ['FREQ=MONTHLY;BYWEEKNO=2', /BYWEEKNO needs FREQ=YEARLY/],
  ['FREQ=YEARLY;BYWEEKNO=2;BYDAY=2MO', /do not go with BYWEEKNO/],
  ['FREQ=MONTHLY;BYYEARDAY=2', /BYYEARDAY needs/],
  [`FREQ=DAILY;BYDAY=${'MO,'.repeat(400)}MO`, /at most 1000 characters/],
  [{ every: 'day', on: ['monday'] }, /'recurrence.on': does not go with every day/],
  [{ every: 'week', on: [1] }, /'recurrence.on': takes weekdays/],
  [{ every: 'week', on: ['moonday'] }, /'recurrence.on': takes weekdays/],
  [{ every: 'month', on: [32] }, /'recurrence.on': takes days from 1 to 31/],
  [{ every: 'year', on: ['02-30'] }, /'recurrence.on': takes days such as/],
  [{ every: 'hour', at: ['09:00'] }, /'recurrence.at': does not go with every hour/],
  [{ every: 'year', on: daysTo(17), at: ['09:00', '10:00', '11:00'] }, /50 times in all are the most/],
  [{ every: 'day', until: '2027-02-30' }, /no such time/],
  [{ every: 'day', until: '2027-02-03', count: 3 }, /two ends/],
];

for (const [written, words] of wrong) {
  test(`refused: ${JSON.stringify(written).slice(0, 60)}`, async () => {
    const read = await readRecurrence(written, '2026-03-05T12:00:00', await zoneClock('Africa/Cairo'));
    assert.ok(!read.ok);
    assert.match(read.problem.message, words);
  });
}

test('the longest rules that there are, and the most times', async () => {
  await accepted('FREQ=DAILY;INTERVAL=1000');
  assert.equal((await accepted('FREQ=DAILY;COUNT=40000')).count, 40_000);
  await accepted(`FREQ=DAILY;BYDAY=${'MO,'.repeat(327)}MO`);
  const fifty = await accepted({ every: 'year', on: daysTo(25), at: ['09:00', '10:00'] });
  assert.equal(fifty.rules.length, 50);
});

test('a message comes every quarter of an hour at the most, however that is written', async () => {
  const clock = await zoneClock('Africa/Cairo');
  for (const written of [
    'FREQ=MINUTELY',
    'FREQ=MINUTELY;INTERVAL=14',
    'FREQ=HOURLY;BYMINUTE=0,10',
    'FREQ=HOURLY;BYMINUTE=0,50',
    'FREQ=DAILY;BYHOUR=9;BYMINUTE=0,14',
    'FREQ=DAILY;BYHOUR=0,23;BYMINUTE=0,50',
    { every: 'day', at: ['09:00', '09:05'] },
    { every: 'day', at: ['23:59', '00:00'] },
  ] satisfies Written[]) {
    const read = await readRecurrence(written, '2026-03-05T12:00:00', clock);
    assert.ok(!read.ok, JSON.stringify(written));
    assert.match(read.problem.message, /every 15 minutes, not more often/);
  }
  for (const written of [
    'FREQ=MINUTELY;INTERVAL=15',
    'FREQ=HOURLY;BYMINUTE=0,15,30,45',
    'FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,45',
    { every: 'day', at: ['09:00', '09:15', '09:00'] },
    { every: 'year', on: ['03-01', '03-02'], at: ['09:00'] },
  ] satisfies Written[])
    await accepted(written);
  // every fifth minute counts from the start
  const offset = await readRecurrence('FREQ=MINUTELY;INTERVAL=5;BYMINUTE=7,12', '2026-03-05T12:02:00', clock);
  assert.equal(offset.ok ? undefined : offset.problem.code, 'too_often');
});

/** So many days of March. */
function daysTo(most: number): string[] {
  return Array.from({ length: most }, (_, day) => `03-${String(day + 1).padStart(2, '0')}`);
}

async function rules(written: Written): Promise<string[]> {
  return (await accepted(written, '2026-03-05T09:30:00')).rules;
}

async function accepted(written: Written, start = '2026-03-05T12:00:00', zone = 'Africa/Cairo'): Promise<Recurrence> {
  const read = await readRecurrence(written, start, await zoneClock(zone));
  assert.ok(read.ok, JSON.stringify(read));
  return read.value;
}

/** The first moments from the start on, in UTC. */
async function moments(zone: string, start: string, written: Written, most: number): Promise<string[]> {
  const clock = await zoneClock(zone);
  const recurrence = await accepted(written, start, zone);
  const found = await nextOccurrences(recurrence, clock, clock.momentOf(start) - 1, most);
  return found.map((moment) => new Date(moment).toISOString());
}
