/** A time on a wall clock, of no zone yet: `2026-03-01T09:00:00`. Text order is the order of time. */
export type LocalTime = string;

/** The wall clock of one time zone. Moments are in ms since the epoch. */
export interface Clock {
  zone: string;
  /** When the clock first shows this time, or, where it skips it, a later one. So what it skips comes as the gap ends, and what it shows twice comes once. */
  momentOf: (local: LocalTime) => number;
  /** What the clock shows then, to the second. */
  localAt: (moment: number) => LocalTime;
}

const WRITTEN = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;
const MOMENT = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
/** The time zone database's own names; an offset is not a zone, because it knows no summer time. */
const NAME = /^[A-Za-z][\w+-]*(\/[\w+-]+)*$/;

/** A wall-clock time as callers write it, seconds or not; undefined when it is none. */
export function readLocalTime(text: string): LocalTime | undefined {
  const [, day, , seconds] = WRITTEN.exec(text) ?? [];
  const moment = Date.parse(`${text}Z`);
  if (day === undefined || !Number.isFinite(moment) || !toLocal(moment).startsWith(day)) return undefined;
  return seconds === undefined ? `${text}:00` : text;
}

/** A moment with its offset, as ISO 8601 writes it. `Date.parse` takes the 30th of February for a day in March, so the day must come back as it was written. */
export function isMoment(text: string): boolean {
  const day = MOMENT.exec(text)?.[1];
  const start = Date.parse(`${day}T00:00Z`);
  return day !== undefined && Number.isFinite(start) && new Date(start).toISOString().startsWith(day);
}

/** The wall-clock time that UTC's clock shows then. */
export function toLocal(moment: number): LocalTime {
  return new Date(moment).toISOString().slice(0, 19);
}

/** The clock of a zone of the time zone database; undefined when there is no such zone. */
export async function clockOf(zone: string): Promise<Clock | undefined> {
  if (!isZone(zone)) return undefined;
  // Only what is asked for in local time pays for loading it.
  const { Temporal } = await import('temporal-polyfill');
  return {
    zone,
    momentOf(local) {
      // 'earlier' is the first of two, and in a gap the same time by the offset before it: then the clock's next change is the gap
      const written = Temporal.PlainDateTime.from(local);
      const found = written.toZonedDateTime(zone, { disambiguation: 'earlier' });
      if (found.toPlainDateTime().equals(written)) return found.epochMilliseconds;
      return found.getTimeZoneTransition('next')?.epochMilliseconds ?? found.epochMilliseconds;
    },
    localAt: (moment) =>
      Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone).toPlainDateTime().toString().slice(0, 19),
  };
}

/** Whether the time zone database knows it. */
export function isZone(zone: string): boolean {
  if (!NAME.test(zone)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}
