import { compact } from '../compact.ts';
import { ok, refuse } from '../problem.ts';
import type { Result } from '../problem.ts';
import { frequencies, parts } from './rule.ts';
import type { Part, Rule } from './rule.ts';
import { MOST_TIMES } from './vocabulary.ts';

/** An RRULE as it was read. Its ends are kept apart, because they are not the expansion's business. */
export interface ReadRule {
  rule: Rule;
  /** as in `Ends` */
  until?: string;
  count?: number;
}

const MOST_INTERVAL = 1000;
const LONGEST = 1000;

/** Reads the text of an RFC 5545 recurrence rule. Every refusal names the part and what it takes. */
export function readRule(text: string): Result<ReadRule> {
  if (text.length > LONGEST) return wrong(`a rule has at most ${LONGEST} characters`);
  const values = new Map<string, string>();
  for (const part of text
    .replace(/^RRULE:/i, '')
    .toUpperCase()
    .split(';')) {
    const [, name = '', value = ''] = /^([A-Z]+)=(.+)$/.exec(part) ?? [];
    const problem = values.has(name) ? `${name} stands twice` : misfit(name, value, part);
    if (problem !== undefined) return wrong(problem);
    values.set(name, value);
  }
  return toRule(values);
}

function toRule(values: Map<string, string>): Result<ReadRule> {
  const [until, count] = [values.get('UNTIL'), values.get('COUNT')];
  if (!values.has('FREQ')) return wrong('FREQ is missing');
  if (until !== undefined && count !== undefined) return wrong('UNTIL and COUNT are two ends: give one');
  if (values.has('BYDAY') && /\d/.test(values.get('BYDAY') ?? '') && !/^(YEAR|MONTH)LY$/.test(values.get('FREQ') ?? ''))
    return wrong('numbered weekdays such as 2MO need FREQ=MONTHLY or FREQ=YEARLY');
  if (values.has('BYWEEKNO') && values.get('FREQ') !== 'YEARLY') return wrong('BYWEEKNO needs FREQ=YEARLY');
  if (values.has('BYWEEKNO') && /\d/.test(values.get('BYDAY') ?? ''))
    return wrong('numbered weekdays such as 2MO do not go with BYWEEKNO');
  if (values.has('BYYEARDAY') && /^(DAI|WEEK|MONTH)LY$/.test(values.get('FREQ') ?? ''))
    return wrong('BYYEARDAY needs FREQ=YEARLY, HOURLY or MINUTELY');
  if (values.has('BYMONTHDAY') && values.get('FREQ') === 'WEEKLY')
    return wrong('BYMONTHDAY does not go with FREQ=WEEKLY');
  const rule = Object.fromEntries(
    parts.flatMap((part) => (values.has(part) ? [[part, listOf(values.get(part))]] : [])),
  );
  const ends = compact({ until: until && extended(until), count: count === undefined ? undefined : Number(count) });
  return ok({ rule: rule as Rule, ...ends });
}

function listOf(value = ''): string[] {
  return value
    .split(',')
    .map((each) => each.replace(/^([+-]?)0*(?=\d)/, (_, sign: string) => (sign === '-' ? '-' : '')));
}

/** What each part takes: how one of its values is written, and in words. */
const takes: Record<
  Part | 'UNTIL' | 'COUNT',
  { one: RegExp | ((value: number) => boolean); words: string; single?: true }
> = {
  FREQ: { one: new RegExp(`^(${frequencies.join('|')})$`), words: `one of ${frequencies.join(', ')}`, single: true },
  INTERVAL: {
    one: (n) => n >= 1 && n <= MOST_INTERVAL,
    words: `a whole number from 1 to ${MOST_INTERVAL}`,
    single: true,
  },
  COUNT: { one: (n) => n >= 1 && n <= MOST_TIMES, words: `a whole number from 1 to ${MOST_TIMES}`, single: true },
  UNTIL: {
    one: /^\d{8}(T\d{6}Z?)?$/,
    words: 'a day (20261231), a local time (20261231T235900) or a time in UTC (20261231T235900Z)',
    single: true,
  },
  BYMONTH: { one: (n) => n >= 1 && n <= 12, words: 'months from 1 to 12' },
  BYWEEKNO: { one: upTo(53), words: 'weeks from 1 to 53, or -1 to -53' },
  BYYEARDAY: { one: upTo(366), words: 'days from 1 to 366, or -1 to -366' },
  BYMONTHDAY: { one: upTo(31), words: 'days from 1 to 31, or -1 to -31' },
  BYDAY: { one: /^([+-]?([1-9]|[1-4]\d|5[0-3]))?(MO|TU|WE|TH|FR|SA|SU)$/, words: 'weekdays such as MO, 2TU or -1FR' },
  BYHOUR: { one: (n) => n >= 0 && n <= 23, words: 'hours from 0 to 23' },
  BYMINUTE: { one: (n) => n >= 0 && n <= 59, words: 'minutes from 0 to 59' },
  BYSECOND: { one: (n) => n >= 0 && n <= 59, words: 'one second from 0 to 59', single: true },
  BYSETPOS: { one: upTo(366), words: 'positions from 1 to 366, or -1 to -366' },
  WKST: { one: /^(MO|TU|WE|TH|FR|SA|SU)$/, words: 'a weekday such as MO', single: true },
};

function upTo(most: number): (value: number) => boolean {
  return (value) => value !== 0 && Math.abs(value) <= most;
}

function misfit(name: string, value: string, written: string): string | undefined {
  if (!Object.hasOwn(takes, name))
    return `'${written}' is no part of a rule; it takes ${Object.keys(takes).join(', ')}`;
  const { one, words, single } = takes[name as Part];
  const values = value.split(',');
  const fits = (each: string) =>
    one instanceof RegExp ? one.test(each) : /^[+-]?\d{1,6}$/.test(each) && one(Number(each));
  return values.every(fits) && (!single || values.length === 1) ? undefined : `${name} takes ${words}`;
}

/** `20261231T235900Z` as `2026-12-31T23:59:00Z`. */
function extended(until: string): string {
  const day = until.replace(/^(\d{4})(\d\d)(\d\d)/, '$1-$2-$3');
  return day.replace(/T(\d\d)(\d\d)(\d\d)/, 'T$1:$2:$3');
}

function wrong(words: string) {
  return refuse(422, 'invalid_recurrence', `'recurrence': ${words}`, { details: 'recurrence' });
}
