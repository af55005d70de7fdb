import type { ChannelAccountId } from '../../domain/id.ts';
import type { Lane } from '../../domain/lanes.ts';
import { isByRateOnly } from '../../domain/pace.ts';
import type { AccountPace } from '../../domain/pace.ts';
import { takeSlots } from '../../store/pace.ts';

/** Nobody wants a message that comes later. */
const FARTHEST_MS = 12 * 24 * 3_600_000;

/** A moment may be used so much later than it was; a provider counts no finer than by the second. */
const LATEST_USE_MS = 1000;

/** Of a second's messages, one environment takes at most this part in advance. */
const MOST_AHEAD = 1 / 8;

/** Whose moment is asked for. */
export interface Asked {
  account: ChannelAccountId;
  lane: Lane;
  pace: AccountPace;
  /** when its provider last slowed the account (ms): what was taken in advance before that is void */
  slowedAt?: number;
}

/** The moments of one lane of one account at one pace, for the messages of this execution environment. */
interface Taker {
  waiting: { resolve: (at: number | undefined) => void; reject: (error: unknown) => void }[];
  /** taken in advance */
  ready: number[];
  /** when those were used that were had in the last second */
  used: number[];
  isBusy: boolean;
}

const takers = new Map<string, Taker>();
const MOST_TAKERS = 1000;

/**
 * The moment at which one message may go. What several ask for at once is taken by one write, and with it, while nobody has to wait, as many as
 * were used in the last second. Undefined: it would be so late that nobody wants it any more.
 */
export function nextMoment(asked: Asked, clock: () => number = Date.now): Promise<number | undefined> {
  const { account, lane, pace, slowedAt = 0 } = asked;
  const taker = takerOf(`${account} ${lane} ${pace.perSecond} ${slowedAt}`);
  const now = clock();
  taker.ready = taker.ready.filter((at) => at > now - LATEST_USE_MS);
  taker.used = [...taker.used.filter((at) => at > now - LATEST_USE_MS), now];
  const ready = taker.ready.shift();
  if (ready !== undefined) return Promise.resolve(ready);
  const moment = new Promise<number | undefined>((resolve, reject) => taker.waiting.push({ resolve, reject }));
  if (!taker.isBusy) void serve(taker, { ...asked, clock });
  return moment;
}

function takerOf(name: string): Taker {
  const known = takers.get(name);
  if (known) return known;
  if (takers.size >= MOST_TAKERS) takers.clear();
  const taker: Taker = { waiting: [], ready: [], used: [], isBusy: false };
  takers.set(name, taker);
  return taker;
}

interface Source extends Asked {
  clock: () => number;
}

async function serve(taker: Taker, source: Source): Promise<void> {
  taker.isBusy = true;
  // those who come in the same moment are served by the same write
  await new Promise(setImmediate);
  while (taker.waiting.length > 0) await serveOnce(taker, source);
  taker.isBusy = false;
}

async function serveOnce(taker: Taker, source: Source): Promise<void> {
  const served = taker.waiting.splice(0);
  try {
    const now = source.clock();
    const count = served.length + aheadOf(taker, source.pace, served.length);
    const moments = await takeSlots({ ...source, count }, { now, farthestMs: FARTHEST_MS });
    for (const { resolve } of served) resolve(moments.shift());
    taker.ready = moments;
  } catch (error) {
    for (const { reject } of served) reject(error);
  }
}

/** Where messages are counted by the day or spaced like a person's, none is taken in vain. */
function aheadOf({ used }: Taker, pace: AccountPace, wanted: number): number {
  const { perSecond = 0 } = pace;
  if (!isByRateOnly(pace)) return 0;
  return Math.max(0, Math.min(used.length, Math.floor(perSecond * MOST_AHEAD)) - wanted);
}
