import { ok, refuse } from '../problem.ts';
import type { Result } from '../problem.ts';
import { weekdays } from './rule.ts';
import type { Frequency, Rule } from './rule.ts';
import type { Unit } from './vocabulary.ts';

/** A recurrence in words: `{ every: 'week', on: ['monday'], at: '09:00' }`. */
export interface Words {
  every: Unit;
  interval?: number | undefined;
  /** of a week: weekdays; of a month: days, -1 is the last; of a year: `MM-DD` */
  on?: (string | number)[] | undefined;
  /** `HH:mm`, each */
  at?: string[] | undefined;
}

const MOST_RULES = 50;

const frequencyOf: Record<Unit, Frequency> = {
  minute: 'MINUTELY',
  hour: 'HOURLY',
  day: 'DAILY',
  week: 'WEEKLY',
  month: 'MONTHLY',
  year: 'YEARLY',
};

/** The rules that together say the same; a rule holds hours and minutes apart, so times that are no product of the two take one each. */
export function readWords({ every, interval, on, at }: Words): Result<Rule[]> {
  const days = on === undefined ? ok([{}]) : readDays(every, on);
  if (!days.ok) return days;
  const times = at === undefined ? ok([{}]) : readTimes(every, at);
  if (!times.ok) return times;
  if (days.value.length * times.value.length > MOST_RULES)
    return wrong('at', `${MOST_RULES} times in all are the most, over the days of 'on'`);
  const rule: Rule = {
    FREQ: [frequencyOf[every]],
    ...(interval === undefined ? {} : { INTERVAL: [String(interval)] }),
  };
  return ok(days.value.flatMap((day) => times.value.map((time) => ({ ...rule, ...day, ...time }))));
}

function readDays(every: Unit, on: (string | number)[]): Result<Partial<Rule>[]> {
  switch (every) {
    case 'week': {
      const days = on.map(weekdayNamed);
      return days.includes(undefined)
        ? wrong('on', `takes weekdays such as 'monday' where it is every week`)
        : ok([{ BYDAY: days.filter((day) => day !== undefined) }]);
    }
    case 'month':
      return on.every((day) => Number.isInteger(day) && day !== 0 && Math.abs(Number(day)) <= 31)
        ? ok([{ BYMONTHDAY: on.map(String) }])
        : wrong('on', `takes days from 1 to 31, or -1 to -31 from the end, where it is every month`);
    case 'year':
      return on.every(isDate)
        ? ok(on.map((date) => ({ BYMONTH: [partOf(date, 0)], BYMONTHDAY: [partOf(date, 1)] })))
        : wrong('on', `takes days such as '03-21' where it is every year`);
    default:
      return wrong('on', `does not go with every ${every}`);
  }
}

function weekdayNamed(name: string | number): string | undefined {
  const names =
    /^(mo(n(day)?)?|tu(e(sday)?)?|we(d(nesday)?)?|th(u(rsday)?)?|fr(i(day)?)?|sa(t(urday)?)?|su(n(day)?)?)$/i;
  return names.test(String(name)) ? weekdays.find((day) => day === String(name).slice(0, 2).toUpperCase()) : undefined;
}

function isDate(date: string | number): boolean {
  // 2024 has every day that a year can have
  const moment = Date.parse(`2024-${date}T00:00:00Z`);
  return /^\d\d-\d\d$/.test(String(date)) && new Date(moment || 0).toISOString().slice(5, 10) === date;
}

function partOf(date: string | number, index: number): string {
  return String(Number(String(date).split('-')[index]));
}

function readTimes(every: Unit, at: string[]): Result<Partial<Rule>[]> {
  if (every === 'minute' || every === 'hour') return wrong('at', `does not go with every ${every}`);
  return ok(
    at.map((time) => {
      const [hour, minute] = time.split(':').map((part) => String(Number(part)));
      return { BYHOUR: [hour ?? '0'], BYMINUTE: [minute ?? '0'], BYSECOND: ['0'] };
    }),
  );
}

function wrong(field: string, words: string) {
  const path = `recurrence.${field}`;
  return refuse(422, 'invalid_recurrence', `'${path}': ${words}`, { details: path });
}
