import { parseMonthDay, parseNumbers, parseWeekday, type DayRule } from './cron-fields.ts';
import { instantOf, toLocal, type LocalTime } from './zones.ts';

/** A parsed cron expression of six fields: minutes, hours, day of month, month, day of week, year. */
export type Cron = {
  minutes: readonly number[];
  hours: readonly number[];
  months: readonly number[];
  years: readonly number[];
  matchesDay: DayRule;
};

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** Parses the fields between the parentheses; undefined when AWS would refuse them. One of the two day fields must be `?`. */
export function parseCron(text: string): Cron | undefined {
  const fields = text.toUpperCase().split(/\s+/);
  if (fields.length !== 6) return undefined;
  const [minute = '', hour = '', monthDay = '', month = '', weekday = '', year = ''] = fields;
  const minutes = parseNumbers(minute, { min: 0, max: 59 });
  const hours = parseNumbers(hour, { min: 0, max: 23 });
  const months = parseNumbers(month, { min: 1, max: 12, names: MONTHS });
  const years = parseNumbers(year, { min: 1970, max: 2199 });
  const matchesDay = parseDay(monthDay, weekday);
  if (!minutes || !hours || !months || !years || !matchesDay) return undefined;
  return { minutes, hours, months, years, matchesDay };
}

/**
 * The first instant after `after` (epoch milliseconds, exclusive) at which the zone's clock fits. A time the clock skips
 * is skipped, a time it shows twice counts once, the first time (User Guide, "Daylight savings time").
 */
export function nextCron(cron: Cron, zone: string, after: number): number | undefined {
  const start = toLocal(after, zone);
  for (const day of matchingDays(cron, start)) {
    const instant = firstInstant(cron, day, isSameDay(day, start) ? start : undefined, zone, after);
    if (instant !== undefined) return instant;
  }
  return undefined;
}

type Day = { year: number; month: number; day: number };

function parseDay(monthDay: string, weekday: string): DayRule | undefined {
  if ((monthDay === '?') === (weekday === '?')) return undefined;
  return monthDay === '?' ? parseWeekday(weekday) : parseMonthDay(monthDay);
}

function* matchingDays(cron: Cron, start: Day): Generator<Day> {
  for (const year of cron.years) {
    if (year < start.year) continue;
    for (const month of cron.months) {
      if (year === start.year && month < start.month) continue;
      const first = year === start.year && month === start.month ? start.day : 1;
      yield* daysOfMonth(cron, year, month, first);
    }
  }
}

function* daysOfMonth(cron: Cron, year: number, month: number, first: number): Generator<Day> {
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  for (let day = first; day <= daysInMonth; day++) {
    const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
    if (cron.matchesDay({ day, weekday, daysInMonth })) yield { year, month, day };
  }
}

function firstInstant(cron: Cron, day: Day, from: LocalTime | undefined, zone: string, after: number) {
  for (const hour of cron.hours) {
    if (from && hour < from.hour) continue;
    for (const minute of cron.minutes) {
      if (from && hour === from.hour && minute < from.minute) continue;
      const instant = instantOf({ ...day, hour, minute, second: 0 }, zone);
      if (instant !== undefined && instant > after) return instant;
    }
  }
  return undefined;
}

function isSameDay(one: Day, other: Day): boolean {
  return one.year === other.year && one.month === other.month && one.day === other.day;
}
