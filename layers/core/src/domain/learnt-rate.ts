import { isByRateOnly } from './pace.ts';
import type { Pace } from './pace.ts';

/** What a provider has taught of an account's rate by refusing it: since `at` (ms) it goes at `to` messages a second instead of `from`, and faster again with time. */
export interface Slowdown {
  to: number;
  from: number;
  at: number;
}

/**
 * Additive increase, multiplicative decrease (Chiu and Jain, 1989): a refusal takes a quarter off, and all of the rate comes back evenly in ten minutes.
 * An account that is refused again and again so swings between three quarters of what its provider takes, and all of it.
 */
const KEPT = 0.75;
const ALL_BACK_MS = 10 * 60_000;

/** Messages per second that an account may always try. */
const FLOOR = 1;

/** Others hear of a slowdown within a second: what was asked before that went by the old rate, and teaches nothing of the new one. */
const HEARD_MS = 1000;

/** The slowdown that follows on one more refusal, of a message that the provider was asked at `askedAt` (ms). Undefined: it is of the rush that `known` came from. */
export function slowerBy(
  known: Slowdown | undefined,
  full: number,
  { askedAt, now }: { askedAt: number; now: number },
): Slowdown | undefined {
  if (known && askedAt <= known.at + HEARD_MS) return undefined;
  const to = Math.max(KEPT * learntRate(full, known, now), Math.min(full, FLOOR));
  return { to, from: full, at: now };
}

/** How many messages a second an account may send now, of those it usually may. */
export function learntRate(usual: number, slowdown: Slowdown | undefined, now: number): number {
  if (!slowdown) return usual;
  const { to, from, at } = slowdown;
  return Math.min(usual, to + (from * Math.max(0, now - at)) / ALL_BACK_MS);
}

/** When nothing is left of a slowdown (ms), if no refusal comes. */
export function allBackAt({ to, from, at }: Slowdown): number {
  return at + ALL_BACK_MS * (1 - to / from);
}

/** To how many messages a second an account is slowed, to a tenth: then, or now. Undefined: nothing is left of it. */
export function perSecondShown(slowdown: Slowdown, now = slowdown.at): number | undefined {
  const rate = learntRate(slowdown.from, slowdown, now);
  return rate < slowdown.from ? Math.round(rate * 10) / 10 : undefined;
}

/** A pace with what was learnt of it. Messages that are counted by the day or spaced like a person's are slow as it is. */
export function learntPace<Known extends Pace>(pace: Known, slowdown: Slowdown | undefined, now: number): Known {
  if (!slowdown || pace.perSecond === undefined || !isByRateOnly(pace)) return pace;
  return { ...pace, perSecond: learntRate(pace.perSecond, slowdown, now) };
}
