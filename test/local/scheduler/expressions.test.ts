import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../../support/properties.ts';
import { nextRun, parseExpression } from '@parley/local/scheduler/expressions.ts';
import { instantOf, isTimeZone, toLocal } from '@parley/local/scheduler/zones.ts';

/** The next runs after an instant, as ISO text without the milliseconds. */
function runs(text: string, after: string, count: number, zone = 'UTC'): string[] {
  const expression = parseExpression(text);
  assert.ok(expression, text);
  const found: string[] = [];
  for (let from = Date.parse(after); found.length < count;) {
    const next = nextRun({ expression, zone, anchor: Date.parse(after) }, from);
    if (next === undefined) break;
    found.push(new Date(next).toISOString().replace(':00.000Z', 'Z'));
    from = next;
  }
  return found;
}

test('what AWS refuses is refused', () => {
  // The list was recorded against AWS: localstack, tests/aws/services/scheduler/test_scheduler.snapshot.json.
  const refused = [
    [
      'cron(0 1 * * * *)',
      'cron(7 20 * * NOT *)',
      'cron(INVALID)',
      'cron(0 dummy ? * MON-FRI *)',
      'cron(71 8 1 * ? *)',
      'cron()',
    ],
    [
      'rate(10 seconds)',
      'rate(10 years)',
      'rate()',
      'rate(10)',
      'rate(10 minutess)',
      'rate(foo minutes)',
      'rate(-10 minutes)',
    ],
    ['rate( 10 minutes )', ' rate(10 minutes)', 'at(2021-12-31T23:59:59Z)', 'at(2021-12-31)'],
    ['rate(0 minutes)', 'at(2026-02-29T00:00:00)', 'at(2026-01-01T24:00:00)', 'cron(0 0 ? * ? *)', 'cron(0 0 1 * ?)'],
    [
      'cron(0 0 32 * ? *)',
      'cron(0 0 ? * 8 *)',
      'cron(0 0 ? * 3#6 *)',
      'cron(*/0 * * * ? *)',
      'cron(0 0 1 13 ? *)',
      'cron(0 0 1 1 ? 2200)',
    ],
    [
      'cron(0 0 ? * 0L *)',
      'cron(0 0 ? * 8L *)',
      'cron(0 0 ? * 6L,2 *)',
      'cron(0 0 ? * L6 *)',
      'cron(0 0 6L * ? *)',
      'cron(6L 0 ? * 2 *)',
    ],
  ];
  for (const text of refused.flat()) assert.equal(parseExpression(text), undefined, text);
});

test('the examples of the user guide run when it says', () => {
  const cases: [string, string[]][] = [
    ['cron(0 10 * * ? *)', ['2026-01-01T10:00Z', '2026-01-02T10:00Z']],
    ['cron(15 12 * * ? *)', ['2026-01-01T12:15Z', '2026-01-02T12:15Z']],
    ['cron(0 18 ? * MON-FRI *)', ['2026-01-01T18:00Z', '2026-01-02T18:00Z', '2026-01-05T18:00Z']],
    ['cron(0 8 1 * ? *)', ['2026-01-01T08:00Z', '2026-02-01T08:00Z']],
    ['cron(0/15 * * * ? *)', ['2026-01-01T00:15Z', '2026-01-01T00:30Z', '2026-01-01T00:45Z', '2026-01-01T01:00Z']],
    [
      'cron(0/30 20-2 ? * MON-FRI *)',
      [
        '2026-01-01T00:30Z',
        '2026-01-01T01:00Z',
        '2026-01-01T01:30Z',
        '2026-01-01T02:00Z',
        '2026-01-01T02:30Z',
        '2026-01-01T20:00Z',
      ],
    ],
    ['cron(5 8-17 ? * MON-FRI *)', ['2026-01-01T08:05Z', '2026-01-01T09:05Z']],
    ['cron(15 10 ? * 6L 2026-2027)', ['2026-01-30T10:15Z', '2026-02-27T10:15Z']],
  ];
  for (const [text, expected] of cases) {
    assert.deepEqual(runs(text, '2026-01-01T00:00:00Z', expected.length), expected, text);
  }
});

test('L, W, # and names pick the days they should', () => {
  const cases: [string, string[]][] = [
    ['cron(0 0 L * ? *)', ['2026-01-31T00:00Z', '2026-02-28T00:00Z', '2026-03-31T00:00Z']],
    ['cron(0 0 LW * ? *)', ['2026-01-30T00:00Z', '2026-02-27T00:00Z', '2026-03-31T00:00Z']],
    // The 1st of August 2026 is a Saturday: the nearest weekday of the month is Monday the 3rd.
    ['cron(0 0 1W AUG ? *)', ['2026-08-03T00:00Z', '2027-08-02T00:00Z', '2028-08-01T00:00Z']],
    ['cron(0 0 31W MAY ? *)', ['2026-05-29T00:00Z', '2027-05-31T00:00Z']],
    ['cron(0 0 31W 2 ? *)', []],
    ['cron(0 0 ? * 3#2 *)', ['2026-01-13T00:00Z', '2026-02-10T00:00Z']],
    ['cron(0 0 ? 1 SUN#5 *)', ['2027-01-31T00:00Z', '2028-01-30T00:00Z']],
    ['cron(0 0 ? * L *)', ['2026-01-03T00:00Z', '2026-01-10T00:00Z']],
    // 31 July 2026 is a Friday, and so is 25 December: the latest and the earliest that the last Friday of such a month can be.
    ['cron(0 0 ? 7,12 6L *)', ['2026-07-31T00:00Z', '2026-12-25T00:00Z', '2027-07-30T00:00Z', '2027-12-31T00:00Z']],
    ['cron(0 0 ? 2 SUNL 2026-2027)', ['2026-02-22T00:00Z', '2027-02-28T00:00Z']],
    ['cron(0 0 ? * 1 *)', ['2026-01-04T00:00Z', '2026-01-11T00:00Z']],
    ['cron(0 0 29 2 ? *)', ['2028-02-29T00:00Z', '2032-02-29T00:00Z']],
    ['cron(0 0 1,15 JAN,MAR ? 2026)', ['2026-01-15T00:00Z', '2026-03-01T00:00Z', '2026-03-15T00:00Z']],
  ];
  for (const [text, expected] of cases) {
    assert.deepEqual(runs(text, '2026-01-01T00:00:00Z', Math.max(expected.length, 1)), expected, text);
  }
  assert.deepEqual(runs('cron(0 0 1,15 JAN,MAR ? 2026)', '2026-01-01T00:00:00Z', 9).length, 3);
});

test('a time the clock skips does not run, a time it repeats runs once', () => {
  const berlin = 'Europe/Berlin';
  assert.deepEqual(runs('cron(30 2 * * ? *)', '2026-03-27T12:00:00Z', 3, berlin), [
    '2026-03-28T01:30Z',
    '2026-03-30T00:30Z',
    '2026-03-31T00:30Z',
  ]);
  assert.deepEqual(runs('cron(30 2 * * ? *)', '2026-10-23T12:00:00Z', 3, berlin), [
    '2026-10-24T00:30Z',
    '2026-10-25T00:30Z',
    '2026-10-26T01:30Z',
  ]);
  assert.deepEqual(runs('cron(0 * * * ? *)', '2026-11-01T04:30:00Z', 3, 'America/New_York'), [
    '2026-11-01T05:00Z',
    '2026-11-01T07:00Z',
    '2026-11-01T08:00Z',
  ]);
  // Cairo skips midnight itself.
  assert.deepEqual(runs('cron(0 0 * * ? *)', '2026-04-23T12:00:00Z', 2, 'Africa/Cairo'), [
    '2026-04-24T21:00Z',
    '2026-04-25T21:00Z',
  ]);
});

test('one time: in its zone, moved past a gap, and only once', () => {
  assert.deepEqual(runs('at(2026-07-01T09:00:00)', '2026-01-01T00:00:00Z', 5, 'Africa/Cairo'), ['2026-07-01T06:00Z']);
  assert.deepEqual(runs('at(2026-03-29T02:30:00)', '2026-01-01T00:00:00Z', 5, 'Europe/Berlin'), ['2026-03-29T01:30Z']);
  assert.deepEqual(runs('at(2025-01-01T00:00:00)', '2026-01-01T00:00:00Z', 5), []);
});

test('a rate runs from its anchor in even steps, inside start and end', () => {
  const expression = parseExpression('rate(2 hours)');
  assert.ok(expression);
  const anchor = Date.parse('2026-01-01T00:30:00Z');
  const hour = 3_600_000;
  assert.equal(nextRun({ expression, zone: 'UTC', anchor }, anchor - 1), anchor);
  assert.equal(nextRun({ expression, zone: 'UTC', anchor }, anchor), anchor + 2 * hour);
  assert.equal(nextRun({ expression, zone: 'UTC', anchor }, anchor + 7 * hour), anchor + 8 * hour);
  assert.equal(nextRun({ expression, zone: 'UTC', anchor, start: anchor + 4 * hour }, anchor), anchor + 4 * hour);
  assert.equal(nextRun({ expression, zone: 'UTC', anchor, end: anchor + 2 * hour }, anchor), anchor + 2 * hour);
  assert.equal(nextRun({ expression, zone: 'UTC', anchor, end: anchor + 2 * hour - 1 }, anchor), undefined);
});

test('zones are names of the IANA database', () => {
  for (const name of ['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Asia/Calcutta'])
    assert.ok(isTimeZone(name), name);
  for (const name of ['', '+02:00', 'europe/berlin', 'Europe/Atlantis', 'Berlin', 'UTC+2'])
    assert.ok(!isTimeZone(name), name);
});

test('an instant and the wall clock that shows it belong together', () => {
  const zones = fc.constantFrom(
    'UTC',
    'America/New_York',
    'Africa/Cairo',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'America/Sao_Paulo',
  );
  const seconds = fc.integer({ min: 0, max: 4_000_000_000 });
  const property = fc.property(zones, seconds, (zone, second) => {
    const local = toLocal(second * 1000, zone);
    const instant = instantOf(local, zone);
    assert.ok(instant !== undefined && instant <= second * 1000);
    assert.deepEqual(toLocal(instant, zone), local);
  });
  fc.assert(property, { numRuns: 200 });
});

test('no text breaks the parser', () => {
  const inner = fc.stringMatching(/^[0-9*?LW#/, A-Z-]{0,30}$/);
  fc.assert(
    fc.property(fc.constantFrom('at', 'rate', 'cron', 'x'), inner, fc.string(), (kind, text, other) => {
      const parsed = [parseExpression(`${kind}(${text})`), parseExpression(other)];
      for (const expression of parsed) if (expression) nextRun({ expression, zone: 'UTC', anchor: 0 }, 0);
    }),
  );
});
