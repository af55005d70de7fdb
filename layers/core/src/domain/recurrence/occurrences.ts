import { toLocal } from '../local-time.ts';
import type { Clock } from '../local-time.ts';
import type { Recurrence } from './recurrence.ts';

/** No one waits longer for a message, and a rule that never comes true has to be given up some time. */
const FARTHEST_MS = 10 * 366 * 24 * 3600 * 1000;
/** Periods and candidates that are looked at for one occurrence: enough for any 29th of February. */
export const LIMITS = { maxIterations: 10_000, maxCandidateEvaluations: 100_000 };

/**
 * The moments (ms) after `after` at which a recurrence comes, soonest first, without regard to its count. The rules run on the wall clock, where every
 * day has 24 hours; each time they name comes when the zone's clock first shows it or a later one. So what summer time skips comes once, as the
 * gap ends, and what it repeats comes once, the first time.
 */
export async function* occurrencesAfter(recurrence: Recurrence, clock: Clock, after: number): AsyncGenerator<number> {
  const next = await follower(recurrence);
  let last = after;
  for (let wall = next(wallMs(clock.localAt(after))); wall !== undefined; wall = next(wall)) {
    const moment = clock.momentOf(toLocal(wall));
    if (moment > (recurrence.until ?? Infinity) || moment > after + FARTHEST_MS) return;
    if (moment > last) yield moment;
    last = Math.max(last, moment);
  }
}

/** The first few of them. */
export async function nextOccurrences(
  recurrence: Recurrence,
  clock: Clock,
  after: number,
  most: number,
): Promise<number[]> {
  const found: number[] = [];
  if (most <= 0) return found;
  for await (const moment of occurrencesAfter(recurrence, clock, after)) if (found.push(moment) >= most) break;
  return found;
}

/** Gives the wall-clock time (ms, as UTC's clock would show it) that follows one, by the soonest of the rules. */
async function follower({ rules, start }: Recurrence): Promise<(wall: number) => number | undefined> {
  // Few messages recur: the expansion is loaded for those that do.
  const { RRuleTemporal } = await import('rrule-temporal');
  const head = `DTSTART:${start.replaceAll(/[-:]/g, '')}Z\nRRULE:`;
  const expansions = rules.map((rule) => new RRuleTemporal({ rruleString: head + rule, ...LIMITS }));
  return (wall) => {
    const found = expansions.map((expansion) => followingIn(expansion, wall)).filter((each) => each !== undefined);
    return found.length === 0 ? undefined : Math.min(...found);
  };
}

interface Expansion {
  next: (after: Date) => { epochMilliseconds: number } | null;
}

/** A rule whose next occurrence is not found within the limits has none: a 30th of February. */
function followingIn(expansion: Expansion, wall: number): number | undefined {
  try {
    return expansion.next(new Date(wall))?.epochMilliseconds;
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('Maximum ')) return undefined;
    throw error;
  }
}

function wallMs(local: string): number {
  return Date.parse(`${local}Z`);
}
