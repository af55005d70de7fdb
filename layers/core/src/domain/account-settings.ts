import * as v from 'valibot';
import { isTimeZone } from './day.ts';
import { object } from './fields.ts';
import { price } from './price.ts';
import { windowPolicy } from './send-window.ts';

const DAY_MS = 24 * 3_600_000;

/** What an organization sets of one account. A limit that is null does not hold; one that is left out is the channel's own. */
const members = object({
  /** whose calendar the account's days are of; UTC unless told */
  timezone: v.optional(v.custom<string>(isTimeZone, 'must be a time zone, as in Africa/Cairo')),
  /** messages sent per day */
  daily_limit: v.optional(limit(1, 1_000_000)),
  /** ms between two messages, a random time from the least to the most */
  min_delay_ms: v.optional(limit(0, DAY_MS)),
  max_delay_ms: v.optional(limit(0, DAY_MS)),
  per_second: v.optional(limit(1, 1000)),
  /** what becomes of a message that comes too late to be free; the organization's, unless told */
  window_policy: v.optional(v.nullable(windowPolicy)),
  /** what a message from this account costs; the organization's for the channel, unless told */
  price: v.optional(v.nullable(price)),
});

/** The settings as a client writes them. */
export const accountSettings = v.pipe(
  members,
  v.check(
    ({ min_delay_ms: least, max_delay_ms: most }) => (least ?? 0) <= (most ?? Number.POSITIVE_INFINITY),
    'has a min_delay_ms that is longer than its max_delay_ms',
  ),
);

export type AccountSettings = v.InferOutput<typeof members>;

function limit(least: number, most: number) {
  return v.custom<number | null>(
    (value) => value === null || (Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most),
    `must be a whole number from ${least} to ${most}, or null for no limit`,
  );
}
