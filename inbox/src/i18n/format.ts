import type { Dictionary } from './dictionary.ts';

/** Numbers, times and days in one locale and on this machine's clock. */
export interface Format {
  number(value: number): string;
  /** 10:42 */
  time(at: Date): string;
  /** today's time, this year's day, or a date: short, for lists */
  short(at: Date, now?: Date): string;
  /** Today, Yesterday, or a full day */
  day(at: Date, now?: Date): string;
  /** day and time to the second */
  moment(at: Date): string;
  /** weekday, day and time: when something will be, on this machine's clock unless another zone is named */
  appointment(at: Date, timeZone?: string): string;
  /** this machine's time zone, as it is then */
  zone(at: Date): string;
  bytes(count: number): string;
  /** of 0 to 1 */
  percent(part: number): string;
  /** seconds in the unit that fits */
  duration(seconds: number): string;
  money(amount: number, currency: string): string;
}

const appointmentParts: Intl.DateTimeFormatOptions = {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
};

export function createFormat(locale: string, words: Pick<Dictionary, 'today' | 'yesterday'>): Format {
  const number = new Intl.NumberFormat(locale);
  const time = dates(locale, { hour: 'numeric', minute: '2-digit' });
  const dayMonth = dates(locale, { day: 'numeric', month: 'short' });
  const date = dates(locale, { day: 'numeric', month: 'numeric', year: '2-digit' });
  const fullDay = dates(locale, { weekday: 'long', day: 'numeric', month: 'long' });
  const fullDate = dates(locale, { day: 'numeric', month: 'long', year: 'numeric' });
  const moment = dates(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const appointment = dates(locale, appointmentParts);
  return {
    number: (value) => number.format(value),
    time: (at) => time.format(at),
    short(at, now = new Date()) {
      if (daysBetween(at, now) === 0) return time.format(at);
      if (daysBetween(at, now) === 1) return words.yesterday;
      return (at.getFullYear() === now.getFullYear() ? dayMonth : date).format(at);
    },
    day(at, now = new Date()) {
      if (daysBetween(at, now) === 0) return words.today;
      if (daysBetween(at, now) === 1) return words.yesterday;
      return (at.getFullYear() === now.getFullYear() ? fullDay : fullDate).format(at);
    },
    moment: (at) => moment.format(at),
    appointment: (at, timeZone) =>
      (timeZone ? dates(locale, { ...appointmentParts, timeZone }) : appointment).format(at),
    zone: (at) => `${zoneIn(locale, 'longGeneric', at)} (${zoneIn(locale, 'shortOffset', at)})`,
    percent: (part) => new Intl.NumberFormat(locale, { style: 'percent' }).format(part),
    duration: (seconds) => formatDuration(locale, seconds),
    money: (amount, currency) => new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount),
    bytes: (count) => formatBytes(locale, count),
  };
}

/** Whether numbers and times can be written in it: browsers may name what is no language tag, as `en-US@posix`. */
export function isLocale(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}

/** `Invalid Date` formats as a RangeError; a wrong time from outside shows as nothing instead. */
function dates(locale: string, options: Intl.DateTimeFormatOptions): { format(at: Date): string } {
  const format = new Intl.DateTimeFormat(locale, options);
  return { format: (at) => (Number.isNaN(at.getTime()) ? '' : format.format(at)) };
}

function zoneIn(locale: string, timeZoneName: 'longGeneric' | 'shortOffset', at: Date): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZoneName }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** Calendar days from `at` to `now`, in local time. */
function daysBetween(at: Date, now: Date): number {
  return (midnight(now) - midnight(at)) / 86_400_000;
}

function midnight(date: Date): number {
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
}

function formatBytes(locale: string, count: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
  const step = Math.min(units.length - 1, Math.floor(Math.log(Math.max(1, count)) / Math.log(1000)));
  const unit = units[step] ?? 'byte';
  const unitDisplay = unit === 'byte' ? 'long' : 'short';
  const options: Intl.NumberFormatOptions = { style: 'unit', unit, unitDisplay, maximumFractionDigits: 1 };
  return new Intl.NumberFormat(locale, options).format(count / 1000 ** step);
}

/** The name of each unit, its seconds, and below how many seconds it is used. */
const durationUnits = [
  ['second', 1, 90],
  ['minute', 60, 5400],
] as const;

function formatDuration(locale: string, seconds: number): string {
  const [unit, size] = durationUnits.find(([, , most]) => seconds < most) ?? ['hour', 3600];
  const options: Intl.NumberFormatOptions = { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0 };
  return new Intl.NumberFormat(locale, options).format(Math.ceil(seconds / size));
}
