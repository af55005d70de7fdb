/** The range of a cron field and the names it knows for its numbers. */
type FieldRange = { min: number; max: number; names?: readonly string[] };

/** A day of a month. Weekdays count from 1 = Sunday. */
type CalendarDay = { day: number; weekday: number; daysInMonth: number };

/** Whether a day fits a day-of-month or day-of-week field. */
export type DayRule = (day: CalendarDay) => boolean;

const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const WEEKDAYS: FieldRange = { min: 1, max: 7, names: DAYS };
const MONTH_DAYS: FieldRange = { min: 1, max: 31 };

/** The numbers of a field of values, ranges, steps and `*`, ascending; undefined when it doesn't fit. */
export function parseNumbers(text: string, range: FieldRange): readonly number[] | undefined {
  const parts = text.split(',').map((part) => parsePart(part, range));
  if (parts.includes(undefined)) return undefined;
  return [...new Set(parts.flatMap((numbers) => numbers ?? []))].toSorted((one, other) => one - other);
}

/** Day of month: numbers, `L` the last day, `LW` the last weekday, `15W` the weekday nearest to the 15th. */
export function parseMonthDay(text: string): DayRule | undefined {
  if (text === 'L') return ({ day, daysInMonth }) => day === daysInMonth;
  if (text === 'LW') return (day) => isNearestWeekday(day, day.daysInMonth);
  const near = parseNumber(/^(\d+)W$/.exec(text)?.[1], MONTH_DAYS);
  if (near !== undefined) return (day) => isNearestWeekday(day, near);
  const numbers = parseNumbers(text, MONTH_DAYS);
  return numbers && (({ day }) => numbers.includes(day));
}

/** Day of week: numbers and names, `L` Saturday, `6L` the last Friday of the month, `3#2` its second Tuesday. */
export function parseWeekday(text: string): DayRule | undefined {
  if (text === 'L') return ({ weekday }) => weekday === 7;
  const [, name, ending] = /^(\w+?)(L|#[1-5])$/.exec(text) ?? [];
  const special = parseNumber(name, WEEKDAYS);
  if (special === undefined || ending === undefined) {
    const numbers = parseNumbers(text, WEEKDAYS);
    return numbers && (({ weekday }) => numbers.includes(weekday));
  }
  if (ending === 'L') return ({ day, weekday, daysInMonth }) => weekday === special && day > daysInMonth - 7;
  return ({ day, weekday }) => weekday === special && Math.ceil(day / 7) === Number(ending.slice(1));
}

// A range may pass the end of its field: hours 20-2 are 20 to 23 and 0 to 2 (EventBridge User Guide, cron examples).
function parsePart(part: string, range: FieldRange): readonly number[] | undefined {
  const [, from, to, step] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part) ?? [];
  if (from === undefined || (from === '*' && to !== undefined)) return undefined;
  const first = from === '*' ? range.min : parseNumber(from, range);
  const open = from === '*' || (to === undefined && step !== undefined);
  const last = open ? range.max : to === undefined ? first : parseNumber(to, range);
  const every = Number(step ?? 1);
  if (first === undefined || last === undefined || every < 1) return undefined;
  const width = range.max - range.min + 1;
  const count = Math.floor((last - first + (last < first ? width : 0)) / every) + 1;
  return Array.from({ length: count }, (_, index) => range.min + ((first - range.min + index * every) % width));
}

function parseNumber(text: string | undefined, { min, max, names = [] }: FieldRange): number | undefined {
  if (text === undefined) return undefined;
  const named = names.indexOf(text);
  const number = named >= 0 ? named + min : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return number >= min && number <= max ? number : undefined;
}

// The nearest weekday stays in the month: a Saturday 1st moves to Monday the 3rd, a Sunday last day to the Friday before.
function isNearestWeekday({ day, weekday, daysInMonth }: CalendarDay, wanted: number): boolean {
  if (wanted > daysInMonth) return false;
  const wantedWeekday = ((((weekday - 1 + wanted - day) % 7) + 7) % 7) + 1;
  if (wantedWeekday === 7) return day === (wanted > 1 ? wanted - 1 : wanted + 2);
  if (wantedWeekday === 1) return day === (wanted < daysInMonth ? wanted + 1 : wanted - 2);
  return day === wanted;
}
