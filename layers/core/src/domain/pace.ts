import type { AccountSettings } from './account-settings.ts';
import type { Body } from './body.ts';
import { endOfDay } from './day.ts';

/** How fast an account may send. What is left out is not limited. */
export interface Pace {
  /** messages per calendar day of the account */
  dailyLimit?: number;
  /** between two messages; a random time from the least to the most */
  minDelayMs?: number;
  maxDelayMs?: number;
  perSecond?: number;
}

/** A pace as one account keeps it. */
export interface AccountPace extends Pace {
  /** whose calendar the days are of */
  timeZone: string;
}

/** Which moments of an account are taken: all before `next`, and, of the day that ends at `until`, `count` of them. */
export interface PaceState {
  next: number;
  until: number;
  count: number;
}

/** Moments at which messages may go, and what is taken then. */
export interface Slots {
  at: number[];
  state: PaceState | undefined;
}

/** What a provider allows, as channels write it; `burst`: so many at once before the even interval holds. */
export interface Rate {
  per: 'second' | 'minute' | 'day';
  scope: 'account' | 'recipient';
  /** of recipients: this one holds for groups, the other for people */
  to?: 'group';
  /** holds for messages of these types only, beside the one for all */
  of?: Body['type'][];
  /** holds for accounts of which the provider says this (`facts` of their health), in the place of the one for all */
  where?: Record<string, string>;
  count: number;
  burst?: number;
}

/** An even rate: one message in `eachMs`, of which `burst` may go at once. */
export interface EvenRate {
  eachMs: number;
  burst: number;
}

const PERIOD_MS = { second: 1000, minute: 60_000, day: 86_400_000 };

/** Of what a provider allows, so much is used: its clock is not ours, and messages travel for different times. */
const USED = 0.98;

/** What a channel's accounts keep to: its own pace, and what its provider publishes, of an account like this. */
export function usualPace(rates: Rate[], pace: Pace | undefined, facts: Record<string, string> = {}): Pace {
  const all = rates.filter(({ scope, of }) => scope === 'account' && !of);
  const special = all.filter(({ where }) => where && Object.entries(where).every(([name, is]) => facts[name] === is));
  const own = special.length > 0 ? special : all.filter(({ where }) => !where);
  const daily = own.find(({ per }) => per === 'day')?.count;
  const seconds = own.filter(({ per }) => per !== 'day').map(usedPerSecond);
  return {
    ...(daily === undefined ? {} : { dailyLimit: daily }),
    ...(seconds.length === 0 ? {} : { perSecond: Math.min(...seconds) }),
    ...pace,
  };
}

/** An account's pace for messages of one type: each takes so much of the account's time that no more of them go than their own rate allows. */
export function paceForType(pace: AccountPace, rates: Rate[], type: Body['type']): AccountPace {
  const own = rates.filter(({ of }) => of?.includes(type)).map(usedPerSecond);
  if (pace.perSecond === undefined || own.length === 0) return pace;
  return { ...pace, perSecond: Math.min(pace.perSecond, ...own) };
}

/** What is used of what a provider allows to one recipient. One of a burst is left, for messages that travel faster than those before them. */
export function recipientRate(rates: Rate[], isGroup = false): EvenRate | undefined {
  const own = rates.filter(({ scope }) => scope === 'recipient');
  const rate = own.find(({ to }) => (to === 'group') === isGroup) ?? own.find(({ to }) => to === undefined);
  return rate && { eachMs: PERIOD_MS[rate.per] / rate.count / USED, burst: Math.max(1, (rate.burst ?? 1) - 1) };
}

/** When one more may go, and how far an even rate is used up then. `usedUntil`: how far it was. */
export function nextEven(
  { eachMs, burst }: EvenRate,
  usedUntil: number | undefined,
  now: number,
): { at: number; usedUntil: number } {
  const used = usedUntil ?? 0;
  const at = Math.max(now, used - (burst - 1) * eachMs);
  return { at, usedUntil: Math.max(at, used) + eachMs };
}

/**
 * The channel's pace with what the account says otherwise; null there lifts a limit, and one delay of its own takes the
 * place of both of the channel's. Undefined: no limit at all.
 */
export function paceOf(usual: Pace | undefined, own: AccountSettings | undefined): AccountPace | undefined {
  const hasDelay = own?.min_delay_ms !== undefined || own?.max_delay_ms !== undefined;
  const pace = {
    ...limit('dailyLimit', own?.daily_limit, usual?.dailyLimit),
    ...limit('minDelayMs', own?.min_delay_ms, hasDelay ? undefined : usual?.minDelayMs),
    ...limit('maxDelayMs', own?.max_delay_ms, hasDelay ? undefined : usual?.maxDelayMs),
    ...limit('perSecond', own?.per_second, usual?.perSecond),
  };
  return Object.keys(pace).length === 0 ? undefined : { ...pace, timeZone: own?.timezone ?? 'UTC' };
}

/**
 * How long after a message the next may go (ms): at least the even interval of a rate, or of the `share` of it that there is. `random` is
 * from 0 to 1.
 */
export function delayOf({ minDelayMs, maxDelayMs, perSecond }: Pace, random: number, share = 1): number {
  const least = minDelayMs ?? 0;
  const most = Math.max(least, maxDelayMs ?? least);
  return Math.max(perSecond === undefined ? 0 : 1000 / (perSecond * share), least + random * (most - least));
}

/**
 * The first moments that nobody has taken, one per delay; once a day is used up, those of the next. Moments that passed unused are gone. `limitOn`: how many the
 * day that ends then has. Those after `farthest` are not given.
 */
export function nextSlots(
  taken: PaceState | undefined,
  now: number,
  pace: AccountPace,
  delays: number[],
  { limitOn = () => pace.dailyLimit ?? Infinity, farthest = Infinity }: SlotLimits = {},
): Slots {
  let state = taken;
  const at: number[] = [];
  for (const delay of delays) {
    const slot = nextSlot(state, now, pace, delay, limitOn);
    if (slot.at > farthest) break;
    at.push(slot.at);
    state = slot.state;
  }
  return { at, state };
}

/** Whether messages are neither counted by the day nor spaced like a person's, so that a moment may be taken in vain. */
export function isByRateOnly({ perSecond, dailyLimit, minDelayMs, maxDelayMs }: Pace): boolean {
  return perSecond !== undefined && (dailyLimit ?? minDelayMs ?? maxDelayMs) === undefined;
}

function usedPerSecond({ per, count }: Rate): number {
  return (USED * count * 1000) / PERIOD_MS[per];
}

interface SlotLimits {
  limitOn?: (until: number) => number;
  farthest?: number;
}

function nextSlot(
  taken: PaceState | undefined,
  now: number,
  { dailyLimit, timeZone }: AccountPace,
  delay: number,
  limitOn: (until: number) => number,
): { at: number; state: PaceState } {
  let at = Math.max(now, taken?.next ?? now);
  let { until, count } = taken ?? { until: 0, count: 0 };
  if (dailyLimit === undefined) return { at, state: { next: at + delay, until, count: count + 1 } };
  while (at >= until || count >= limitOn(until)) {
    if (at < until) at = until;
    until = endOfDay(at, timeZone);
    count = 0;
  }
  return { at, state: { next: at + delay, until, count: count + 1 } };
}

function limit<Name extends keyof Pace>(
  name: Name,
  own: number | null | undefined,
  usual: number | undefined,
): { [name in Name]?: number } {
  const value = own === undefined ? usual : (own ?? undefined);
  return value === undefined ? {} : ({ [name]: value } as { [name in Name]: number });
}
