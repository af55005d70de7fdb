import type { LocalTime } from '../local-time.ts';

/** One RRULE (RFC 5545, 3.3.10) without its ends: each part with its values. */
export type Rule = Partial<Record<Part, string[]>> & { FREQ: [Frequency] };

/** The coarsest first. */
export const frequencies = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY', 'MINUTELY'] as const;
/** How long a period of a rule is. */
export type Frequency = (typeof frequencies)[number];
/** A part of a rule, by its name. */
export type Part = (typeof parts)[number];

/** In the order in which they are written. */
export const parts = [
  'FREQ',
  'INTERVAL',
  'BYMONTH',
  'BYWEEKNO',
  'BYYEARDAY',
  'BYMONTHDAY',
  'BYDAY',
  'BYHOUR',
  'BYMINUTE',
  'BYSECOND',
  'BYSETPOS',
  'WKST',
] as const;

/** From Monday on, as RFC 5545 writes them. */
export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

/** A rule as RFC 5545 writes it. */
export function ruleText(rule: Rule): string {
  return parts.flatMap((part) => (rule[part] ? [`${part}=${rule[part].join(',')}`] : [])).join(';');
}

/** The opposite of ruleText. */
export function ruleOf(text: string): Rule {
  return Object.fromEntries(
    text.split(';').map((part) => {
      const [name = '', values = ''] = part.split('=');
      return [name, values.split(',')];
    }),
  ) as Rule;
}

/**
 * The rule with everything in it that RFC 5545 takes from the start: the time of day, and the day where the rule names none. So it means the same
 * from whichever of its occurrences one goes on.
 */
export function completed(rule: Rule, start: LocalTime): Rule {
  const [year, month, day, hour, minute, second] = start.split(/[-T:]/).map(String).map(Number) as Six;
  const weekday = weekdays[(new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7] ?? 'MO';
  return {
    ...dayOf(rule, { month: String(month), day: String(day), weekday }),
    ...(isFiner(rule, 'DAILY') ? {} : { BYHOUR: [String(hour)] }),
    ...(isFiner(rule, 'HOURLY') ? {} : { BYMINUTE: [String(minute)] }),
    BYSECOND: [String(second)],
    ...rule,
  };
}

type Six = [number, number, number, number, number, number];

function dayOf(rule: Rule, start: { month: string; day: string; weekday: string }): Partial<Rule> {
  const [frequency] = rule.FREQ;
  if (rule.BYDAY || isFiner(rule, 'WEEKLY')) return {};
  if (frequency === 'WEEKLY' || (frequency === 'YEARLY' && rule.BYWEEKNO)) return { BYDAY: [start.weekday] };
  if (rule.BYMONTHDAY || rule.BYYEARDAY) return {};
  return { BYMONTHDAY: [start.day], ...(frequency === 'YEARLY' ? { BYMONTH: [start.month] } : {}) };
}

function isFiner({ FREQ: [own] }: Rule, than: Frequency): boolean {
  return frequencies.indexOf(own) > frequencies.indexOf(than);
}
