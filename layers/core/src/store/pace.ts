import type { ChannelAccountId } from '../domain/id.ts';
import { limitOn, shareOf } from '../domain/lanes.ts';
import type { Lane, Lanes } from '../domain/lanes.ts';
import { learntPace } from '../domain/learnt-rate.ts';
import { delayOf, nextSlots } from '../domain/pace.ts';
import type { AccountPace, PaceState, Slots } from '../domain/pace.ts';
import { paceKey } from './keys/accounts.ts';
import { lanesIn, micros, places, rushIn, slowdownIn } from './pace-item.ts';
import type { AccountRush } from './pace-item.ts';
import { remembered } from './remembered.ts';
import { getItem, updateItem } from './table.ts';
import type { Item } from './attributes.ts';
import type { Update } from './expressions.ts';

/** Senders that meet at an account make way for each other in a few steps; more of them means that something is wrong. */
const MOST_TRIES = 40;

/**
 * Remembered for a second: nobody pays more than a read in that time to know of it. What is a second old need not be read consistently; who stops the
 * account knows it at once.
 */
export const rushOf = remembered(
  async (account: ChannelAccountId): Promise<AccountRush> => rushIn((await getItem(paceKey(account))) ?? {}),
  1000,
);

/** Every sender of the account stops until then: altogether, or what it sends of broadcasts. */
export async function stopAccount(
  account: ChannelAccountId,
  until: number,
  what: 'all' | 'bulk' = 'all',
): Promise<void> {
  const place = what === 'bulk' ? 'bulk_stopped' : 'stopped';
  const written = await updateItem(paceKey(account), {
    set: { [place]: until },
    when: `attribute_not_exists(#${place}) OR #${place} < :until`,
    values: { until },
  });
  rushOf.keep(rushIn((written.ok ? written.item : written.current) ?? {}), account);
}

/** Until when (ms) messages of a lane were last stopped. */
export function stopOf({ stoppedUntil, bulkStoppedUntil }: AccountRush, lane: Lane): number {
  return lane === 'bulk' ? Math.max(stoppedUntil, bulkStoppedUntil) : stoppedUntil;
}

/** What is asked of an account's time: moments for `count` messages that go by one lane. */
export interface Wanted {
  account: ChannelAccountId;
  lane: Lane;
  pace: AccountPace;
  count: number;
}

/**
 * Takes the next free moments of an account, all by one conditional write: whoever is beaten to them takes those after. Fewer than wanted where the
 * others are farther away than `farthestMs`. What a provider has taught of its rate is heeded.
 */
export async function takeSlots(
  { account, lane, pace: usual, count }: Wanted,
  { now, farthestMs }: { now: number; farthestMs: number },
): Promise<number[]> {
  const drawn = Array.from({ length: count }, () => Math.random());
  let item = await getItem(paceKey(account));
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const lanes = item ? lanesIn(item) : {};
    const pace = learntPace(usual, item && slowdownIn(item), Math.max(now, lanes[lane]?.next ?? now));
    const delays = drawn.map((random) => delayOf(pace, random, shareOf(lane, lanes, now)));
    const limits = { limitOn: limitOn(lane, lanes, pace), farthest: now + farthestMs };
    const slots = nextSlots(lanes[lane], now, pace, delays, limits);
    if (slots.at.length === 0) return [];
    const written = await updateItem(paceKey(account), updateTo(slots, lanes, { lane, pace }));
    if (written.ok) return shifted(slots, (lanesIn(written.item)[lane] as PaceState).next);
    item = written.current;
  }
  throw new Error(`could not take a moment to send at ${account}`);
}

/**
 * In a queue of senders, each moves the next moment on from wherever it is by then, so that none has to try again; at its
 * head, and at the turn of a day, only one who saw the account as it is may. A day's limit is of both lanes, so there the
 * other one must be as it was seen, too.
 */
function updateTo({ at, state }: Slots, lanes: Lanes, { lane, pace }: Pick<Wanted, 'lane' | 'pace'>): Update {
  const next = state as PaceState;
  const seen = lanes[lane];
  const hasLimit = pace.dailyLimit !== undefined;
  const isInLine = seen?.next === at[0] && seen?.until === next.until && (!hasLimit || at.length === 1);
  const own = seen && isInLine ? movedOn(lane, seen, next, limitOn(lane, lanes, pace)) : setTo(lane, seen, next);
  if (!hasLimit) return own;
  const otherLane = lane === 'bulk' ? 'single' : 'bulk';
  const other = asSeen(otherLane, lanes[otherLane]);
  return { ...own, when: `${own.when} AND ${other.when}`, values: { ...own.values, ...other.values } };
}

type Step = Update & { when: string };

function movedOn(lane: Lane, seen: PaceState, next: PaceState, limitOf: (until: number) => number): Step {
  const { next: place, until, count } = places[lane];
  const steps = micros(next.next) - micros(seen.next);
  const also = `#${place} = #${place} + :steps, #${count} = #${count} + :more`;
  const values = { steps, more: next.count - seen.count, seen: micros(seen.next) };
  const limit = limitOf(seen.until);
  if (limit === Infinity) return { also, when: `#${place} >= :seen`, values };
  return {
    also,
    when: `#${place} >= :seen AND #${place} < #${until} AND #${until} = :day AND #${count} < :limit`,
    values: { ...values, day: micros(seen.until), limit },
  };
}

function setTo(lane: Lane, seen: PaceState | undefined, next: PaceState): Step {
  const place = places[lane];
  const set = { [place.next]: micros(next.next), [place.until]: micros(next.until), [place.count]: next.count };
  return { set, ...asSeen(lane, seen) };
}

function asSeen(lane: Lane, seen: PaceState | undefined): { when: string; values: Item } {
  const { next, count } = places[lane];
  if (!seen) return { when: `attribute_not_exists(#${next})`, values: {} };
  return {
    when: `#${next} = :${lane} AND #${count} = :${lane}_count`,
    values: { [lane]: micros(seen.next), [`${lane}_count`]: seen.count },
  };
}

/** The moments as they are when others have moved the first of them on meanwhile. */
function shifted({ at, state }: Slots, next: number): number[] {
  const by = next - (state as PaceState).next;
  return at.map((each) => (micros(each) + micros(by)) / 1000);
}
