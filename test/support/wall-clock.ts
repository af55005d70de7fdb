/** The wall clocks of zones, read from Intl, minute by minute where they are moved: slow, and of nobody's opinion on summer time. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const formats = new Map<string, Intl.DateTimeFormat>();

/** What a zone's clock shows at a moment, as the ms at which UTC's clock shows the same. */
export function shownAt(moment: number, zone: string): number {
  const format = formats.get(zone) ?? newFormat(zone);
  formats.set(zone, format);
  const parts = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The first minute at which the clock shows this time or a later one, found by walking there. */
export function firstShown(shown: number, zone: string): number {
  let moment = shown - 15 * HOUR;
  // in steps of an hour while it is more than three hours ahead: none of the clocks here is ever moved by so much
  while (shownAt(moment, zone) < shown - 3 * HOUR) moment += HOUR;
  for (let now = shownAt(moment, zone); now < shown; now = shownAt(moment, zone)) {
    const left = Math.min(shown - now, HOUR);
    moment += isMovedIn(moment, HOUR, zone) ? MINUTE : Math.ceil(left / MINUTE) * MINUTE;
  }
  return moment;
}

/** Whether the clock is moved within so many ms. No clock here is moved to and fro within a day. */
function isMovedIn(moment: number, length: number, zone: string): boolean {
  return shownAt(moment + length, zone) - shownAt(moment, zone) !== length;
}

/** The hours (ms) in which the zone's clock is moved, of some years. */
export function clockChanges(zone: string, from: string, to: string): number[] {
  const changes: number[] = [];
  for (let day = Date.parse(from); day < Date.parse(to); day += DAY)
    for (let hour = day; isMovedIn(day, DAY, zone) && hour < day + DAY; hour += HOUR)
      if (isMovedIn(hour, HOUR, zone)) changes.push(hour);
  return changes;
}

function newFormat(timeZone: string): Intl.DateTimeFormat {
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
  return new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...numeric, second: 'numeric' });
}

export function iso(moment: number): string {
  return new Date(moment).toISOString();
}

/** Hours and minutes in UTC: `09:30`. */
export function timeOf(moment: number): string {
  return iso(moment).slice(11, 16);
}
