import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import type * as Rrule from 'rrule';
import { nextOccurrences } from '@parley/core/domain/recurrence/occurrences.ts';
import { readRecurrence } from '@parley/core/domain/recurrence/recurrence.ts';
import { ruleTexts } from '../support/rule-texts.ts';
import { clockChanges, firstShown, iso } from '../support/wall-clock.ts';
import { zoneClock } from '../support/zone-clock.ts';

const { RRule } = createRequire(import.meta.url)('rrule') as typeof Rrule;

const QUARTER = 15 * 60_000;
const DAY = 96 * QUARTER;
const MOST = 12;

for (const zone of ['Africa/Cairo', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Gaza', 'Europe/Berlin']) {
  test(`${zone}: occurrences are those of another implementation, on a clock read minute by minute`, async () => {
    const changes = clockChanges(zone, '2024-01-01', '2029-01-01');
    assert.ok(changes.length >= 10, `${zone} moves its clock`);
    const property = fc.asyncProperty(
      ruleTexts,
      fc.constantFrom(...changes),
      days(4),
      fc.oneof(days(3), days(400)),
      async (rule, change, before, ago) => {
        const after = change - before;
        await agree({ rule, zone, after, start: quarterOf(after - ago), until: change + 30 * DAY });
      },
    );
    await fc.assert(property, { numRuns: 80 });
  });
}

function days(most: number): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max: most * DAY });
}

interface Case {
  rule: string;
  zone: string;
  start: string;
  /** ms, both */
  after: number;
  until: number;
}

async function agree({ rule, zone, start, after, until }: Case): Promise<void> {
  const clock = await zoneClock(zone);
  const read = await readRecurrence(rule, start, clock);
  if (!read.ok) return fc.pre(read.problem.code !== 'too_often');
  const found = await nextOccurrences(read.value, clock, after, MOST);
  assert.deepEqual(
    found.filter((moment) => moment < until).map(iso),
    expected({ rule, zone, start, after, until }).map(iso),
    `${rule} from ${start} after ${iso(after)}`,
  );
}

/** By `rrule` in UTC, each time looked up on the walked clock. */
function expected({ rule, zone, start, after, until }: Case): number[] {
  const set = new RRule({ ...RRule.parseString(rule), dtstart: new Date(`${start}Z`) });
  const moments = new Set<number>();
  for (const wall of set.between(new Date(after - 2 * DAY), new Date(until + 2 * DAY), true)) {
    const moment = firstShown(wall.getTime(), zone);
    if (moment > after && moment < until) moments.add(moment);
    if (moments.size === MOST) break;
  }
  return [...moments];
}

function quarterOf(moment: number): string {
  return iso(moment - (moment % QUARTER)).slice(0, 19);
}
