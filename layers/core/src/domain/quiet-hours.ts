import * as v from 'valibot';
import { items, matching, object, oneOf, text } from './fields.ts';
import { isZone, toLocal } from './local-time.ts';
import type { Clock } from './local-time.ts';

const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
const DAY_MS = 86_400_000;

/** Messages as quiet hours tell them apart: those of broadcasts, those that were written for a later time, and all others. */
export type QuietLane = 'bulk' | 'scheduled' | 'single';

const lanes = ['bulk', 'scheduled', 'single'] as const satisfies QuietLane[];
const timeOfDay = matching(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, as in 22:00');

/** A clock on the wall, by its zone's name in the time zone database. */
export const zone = v.pipe(text(1, 64), v.check(isZone, 'must be the name of a time zone, as in Africa/Cairo'));

/** When customers are left alone, by a clock on the wall, and what becomes of what would leave then. */
export const quietHours = v.pipe(
  object({
    from: timeOfDay,
    to: timeOfDay,
    /** the organization's own, unless told */
    timezone: v.optional(zone),
    /** on which the quiet begins; every day, unless told */
    days: v.optional(items(oneOf(days), 1, 7)),
    /** an answer is never quiet unless told */
    lanes: v.optional(items(oneOf(lanes), 1, 3)),
    policy: v.optional(oneOf(['hold', 'refuse'])),
  }),
  v.check(({ from, to }) => from !== to, "must have a 'to' that is not its 'from'"),
);

export type QuietHours = v.InferOutput<typeof quietHours>;

const USUAL_LANES: QuietLane[] = ['bulk', 'scheduled'];

/** Whether messages of a lane keep quiet hours. */
export function isQuietFor({ lanes: own = USUAL_LANES }: QuietHours, lane: QuietLane): boolean {
  return own.includes(lane);
}

/** When the quiet ends (ms) that it is now; undefined where it is none. A night belongs to the day on which it begins, and what the clock shows twice within it is quiet both times. */
export function quietUntil({ from, to, days: own }: QuietHours, clock: Clock, now: number): number | undefined {
  const today = clock.localAt(now).slice(0, 10);
  const isOvernight = from > to;
  const begun = isOvernight ? [dayFrom(today, -1), today] : [today];
  const nights = begun
    .filter((day) => !own || own.includes(weekdayOf(day)))
    .map((day) => ({
      start: clock.momentOf(`${day}T${from}:00`),
      end: clock.momentOf(`${isOvernight ? dayFrom(day, 1) : day}T${to}:00`),
    }));
  return nights.find(({ start, end }) => start <= now && now < end)?.end;
}

function dayFrom(day: string, by: number): string {
  return toLocal(Date.parse(`${day}T00:00:00Z`) + by * DAY_MS).slice(0, 10);
}

function weekdayOf(day: string): (typeof days)[number] {
  return days[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? 'sunday';
}
