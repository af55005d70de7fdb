import * as v from 'valibot';
import { compact } from '../../domain/compact.ts';
import { items, matching, object, oneOf, text, whole } from '../../domain/fields.ts';
import { isMoment, readLocalTime } from '../../domain/local-time.ts';
import { MOST_TIMES, units } from '../../domain/recurrence/vocabulary.ts';
import type { Written } from '../../domain/recurrence/recurrence.ts';

/** A moment with its offset, or a time on the clock of a zone. */
export const time = v.pipe(
  v.string('must be a string'),
  v.check(
    (written) => isMoment(written) || readLocalTime(written) !== undefined,
    `must be a date and time, as in 2026-01-31T09:00:00Z, or as in 2026-01-31T09:00 beside a 'timezone'`,
  ),
);

export const timezone = text(1, 64);

const clockTime = matching(/^([01]\d|2[0-3]):[0-5]\d$/, `must be a time of day such as '09:30'`);
const day = v.union([text(1, 16), whole(-31, 31)], 'must be a weekday, a day of the month, or a day of the year');

const words = object({
  every: oneOf(units),
  interval: v.optional(whole(1, 1000)),
  on: v.optional(several(day, 31)),
  at: v.optional(several(clockTime, 24)),
  timezone: v.optional(timezone),
  until: v.optional(text(1, 40)),
  count: v.optional(whole(1, MOST_TIMES)),
});

/** An RRULE, or the same in words. */
export const recurrence = v.lazy((value) => (typeof value === 'string' ? text(1) : words));

/** The fields of one time as a send request has them. */
export function timesOf({ scheduled_at: written, timezone: zone }: WrittenTime) {
  return compact({
    scheduledAt: written !== undefined && isMoment(written) ? Date.parse(written) : undefined,
    scheduledLocal: written === undefined ? undefined : readLocalTime(written),
    timezone: zone,
  });
}

interface WrittenTime {
  scheduled_at?: string | undefined;
  timezone?: string | undefined;
}

/** A recurrence as the domain has it: what may be one or several is several. */
export function toWritten(written: v.InferOutput<typeof recurrence>): Written {
  if (typeof written === 'string') return written;
  const { on, at, ...rest } = written;
  return compact({
    ...rest,
    on: on === undefined ? undefined : [on].flat(),
    at: at === undefined ? undefined : [at].flat(),
  });
}

/** One, or a list of at most so many. */
function several<const T extends v.GenericSchema>(item: T, most: number) {
  return v.lazy((value) => (Array.isArray(value) ? items(item, 1, most) : item));
}
