import { compact } from '../compact.ts';
import { isMoment, readLocalTime } from '../local-time.ts';
import type { Clock, LocalTime } from '../local-time.ts';
import { ok, refuse } from '../problem.ts';
import type { Result } from '../problem.ts';
import { readRule } from './read-rule.ts';
import { readWords } from './read-words.ts';
import type { Words } from './read-words.ts';
import { completed, ruleText } from './rule.ts';
import type { Rule } from './rule.ts';
import { LEAST_MINUTES, isTooOften } from './too-often.ts';

/** When a message comes again and again. */
export interface Recurrence {
  /** texts of completed rules, on the wall clock of the zone; it comes whenever one of them says so */
  rules: string[];
  /** no occurrence is before it */
  start: LocalTime;
  zone: string;
  /** ms, and not after it */
  until?: number;
  /** so many times */
  count?: number;
}

/** As a caller writes it: an RRULE, or in words. */
export type Written = string | (Words & { timezone?: string | undefined } & Ends);

interface Ends {
  /** a day, which counts to its end; a local time; or a moment with its offset */
  until?: string | undefined;
  count?: number | undefined;
}

/** What a caller wrote, with what it takes from its start and its zone. */
export async function readRecurrence(written: Written, start: LocalTime, clock: Clock): Promise<Result<Recurrence>> {
  const read = typeof written === 'string' ? readText(written) : readObject(written);
  if (!read.ok) return read;
  const rules = read.value.rules.map((rule) => completed(rule, start));
  if (await isTooOften(rules, start))
    return refuse(422, 'too_often', `'recurrence': a message can come every ${LEAST_MINUTES} minutes, not more often`, {
      details: 'recurrence',
    });
  const until = read.value.until === undefined ? undefined : momentOf(read.value.until, clock);
  if (read.value.until !== undefined && until === undefined)
    return refuse(422, 'invalid_recurrence', `'recurrence': there is no such time as '${read.value.until}'`, {
      details: 'recurrence',
      hint: `An end is a day (2026-12-31), a local time (2026-12-31T18:00) or a time with its offset (2026-12-31T18:00:00Z).`,
    });
  const { count } = read.value;
  return ok({ rules: rules.map(ruleText), start, zone: clock.zone, ...compact({ until, count }) });
}

function readText(text: string): Result<{ rules: Rule[] } & Ends> {
  const read = readRule(text);
  if (!read.ok) return read;
  const { rule, ...ends } = read.value;
  return ok({ rules: [rule], ...ends });
}

function readObject(words: Exclude<Written, string>): Result<{ rules: Rule[] } & Ends> {
  const { until, count } = words;
  if (until !== undefined && count !== undefined)
    return refuse(422, 'invalid_recurrence', `'recurrence': 'until' and 'count' are two ends: give one`, {
      details: 'recurrence',
    });
  const rules = readWords(words);
  return rules.ok ? ok({ rules: rules.value, until, count }) : rules;
}

/** A day ends where the next one begins on that clock. */
function momentOf(end: string, clock: Clock): number | undefined {
  if (isMoment(end)) return Date.parse(end);
  const local = readLocalTime(end.length === 'YYYY-MM-DD'.length ? `${end}T23:59:59` : end);
  return local === undefined ? undefined : clock.momentOf(local);
}
