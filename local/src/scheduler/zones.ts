/** A wall-clock time without a zone. Month and day count from 1. */
export type LocalTime = { year: number; month: number; day: number; hour: number; minute: number; second: number };

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether this is a name of the IANA database, spelled as it is there. Offsets such as `+02:00` are not. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    const resolved = format(name).resolvedOptions().timeZone;
    return resolved === name || resolved.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}

/** The wall clock of a zone at an instant (epoch milliseconds). */
export function toLocal(instant: number, zone: string): LocalTime {
  const parts = new Map(
    format(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const read = (part: Intl.DateTimeFormatPartTypes) => parts.get(part) ?? 0;
  return {
    year: read('year'),
    month: read('month'),
    day: read('day'),
    hour: read('hour'),
    minute: read('minute'),
    second: read('second'),
  };
}

/** The instant a zone's clock shows this time: the first of two when it is repeated, undefined when it is skipped. */
export function instantOf(local: LocalTime, zone: string): number | undefined {
  const shown = asUtc(local);
  const candidates = [shown - offset(shown - DAY_MS, zone), shown - offset(shown + DAY_MS, zone)];
  return candidates
    .filter((instant) => asUtc(toLocal(instant, zone)) === shown)
    .toSorted((one, other) => one - other)[0];
}

/** Like `instantOf`, but a skipped time is moved on by what the clock skips: 02:30 becomes 03:30. */
export function instantAfterGap(local: LocalTime, zone: string): number {
  const shown = asUtc(local);
  return instantOf(local, zone) ?? shown - offset(shown - DAY_MS, zone);
}

function offset(instant: number, zone: string): number {
  return asUtc(toLocal(instant, zone)) - Math.floor(instant / 1000) * 1000;
}

function asUtc({ year, month, day, hour, minute, second }: LocalTime): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function format(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const created = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, created);
  return created;
}
