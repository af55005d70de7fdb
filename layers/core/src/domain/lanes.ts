import type { AccountPace, PaceState } from './pace.ts';

/** Messages of broadcasts go by a lane of their own, so that they delay no answer. */
export type Lane = 'single' | 'bulk';

/** Which moments of an account each lane has taken. */
export type Lanes = { [lane in Lane]?: PaceState };

/** While both lanes send, broadcasts have at most so much of a rate; and so much while answers wait. */
const BULK_SHARE = 0.8;
const CROWDED_BULK_SHARE = 0.2;

/** A lane that has sent within this time sends. */
const RECENT_MS = 2000;
/** Answers that would have to wait for so long are a crowd. */
const CROWD_MS = 500;

/** A limit that is too small to be divided is had by whoever comes first. */
const LEAST_TO_DIVIDE = 5;

/** The part of an account's rate that a lane may use now: all of it while the other rests. */
export function shareOf(lane: Lane, lanes: Lanes, now: number): number {
  const other = lane === 'bulk' ? lanes.single : lanes.bulk;
  if (!other || other.next < now - RECENT_MS) return 1;
  const isCrowded = (lanes.single?.next ?? 0) > now + CROWD_MS;
  const bulk = isCrowded ? CROWDED_BULK_SHARE : BULK_SHARE;
  return lane === 'bulk' ? bulk : 1 - bulk;
}

/** How many messages a lane may send in the day that ends then: broadcasts leave a fifth to answers, which have all that broadcasts have not taken. */
export function limitOn(lane: Lane, lanes: Lanes, { dailyLimit }: AccountPace): (until: number) => number {
  if (dailyLimit === undefined) return () => Infinity;
  const bulkLimit = Math.floor(dailyLimit * BULK_SHARE);
  return (until) =>
    lane === 'bulk'
      ? Math.min(bulkLimit, dailyLimit - takenOn(lanes.single, until, dailyLimit))
      : dailyLimit - takenOn(lanes.bulk, until, bulkLimit);
}

/** The lane a message goes by: of a limit of a few a day there is only one. */
export function laneIn({ dailyLimit }: AccountPace, lane: Lane): Lane {
  return dailyLimit !== undefined && dailyLimit < LEAST_TO_DIVIDE ? 'single' : lane;
}

/** What a lane has taken of a day: all it may have, once it is in a later one. */
function takenOn(taken: PaceState | undefined, until: number, most: number): number {
  if (!taken || taken.until < until) return 0;
  return taken.until === until ? taken.count : most;
}
