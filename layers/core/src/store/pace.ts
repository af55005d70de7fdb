import type { Counterparty } from '../domain/contact.ts';
import { parseMessageId } from '../domain/id.ts';
import type { ChannelAccountId, MessageId, OrganizationId } from '../domain/id.ts';
import { limitOn, shareOf } from '../domain/lanes.ts';
import type { Lane, Lanes } from '../domain/lanes.ts';
import { delayOf, nextSlots } from '../domain/pace.ts';
import type { AccountPace, PaceState, Slots } from '../domain/pace.ts';
import { paceKey } from './keys/accounts.ts';
import { conversationPartition, messageRange } from './keys/conversations.ts';
import { remembered } from './remembered.ts';
import { getItem, query, updateItem } from './table.ts';
import type { Item } from './attributes.ts';
import type { Update } from './expressions.ts';
import type { Page } from './table.ts';

/** Senders that meet at an account make way for each other in a few steps; more of them means that something is wrong. */
const MOST_TRIES = 40;

/** What the senders of an account know of each other. */
export interface AccountRush {
  /** the account sends nothing before (ms): its provider asked for a pause */
  stoppedUntil: number;
  /** nor anything of a broadcast before */
  bulkStoppedUntil: number;
  /** all moments before this one are taken (ms) */
  takenUntil: number;
}

/** Remembered for a second: nobody pays more than a read in that time to know of it. */
export const rushOf = remembered(async (account: ChannelAccountId): Promise<AccountRush> => {
  const item = await getItem(paceKey(account), { consistent: true });
  const { single, bulk } = lanesIn(item ?? {});
  return {
    stoppedUntil: (item?.['stopped'] as number | undefined) ?? 0,
    bulkStoppedUntil: (item?.['bulk_stopped'] as number | undefined) ?? 0,
    takenUntil: Math.max(single?.next ?? 0, bulk?.next ?? 0),
  };
}, 1000);

/** Every sender of the account stops until then: altogether, or what it sends of broadcasts. */
export async function stopAccount(
  account: ChannelAccountId,
  until: number,
  what: 'all' | 'bulk' = 'all',
): Promise<void> {
  const place = what === 'bulk' ? 'bulk_stopped' : 'stopped';
  await updateItem(paceKey(account), {
    set: { [place]: until },
    when: `attribute_not_exists(#${place}) OR #${place} < :until`,
    values: { until },
  });
  rushOf.forget(account);
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
 * others are farther away than `farthestMs`.
 */
export async function takeSlots(
  { account, lane, pace, count }: Wanted,
  { now, farthestMs }: { now: number; farthestMs: number },
): Promise<number[]> {
  const drawn = Array.from({ length: count }, () => Math.random());
  let item = await getItem(paceKey(account));
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const lanes = item ? lanesIn(item) : {};
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

/** How many of a conversation's messages are looked at together for the last one that went, how often, and how old (ms) those may be after the first look. */
const LOOK_AT = 4;
const MOST_LOOKS = 5;
const LOOK_BACK_MS = 60_000;

/** How far (ms) what a recipient may get is used up by the messages before this one, and whether the recipient is a group. */
export async function usedOfRecipient(
  organization: OrganizationId,
  id: MessageId,
): Promise<{ used: number | undefined; isGroup: boolean }> {
  let [page, isGroup] = [await lookBack(organization, id), false];
  for (let looks = 1; ; looks += 1) {
    isGroup ||= page.items.some(({ to }) => (to as Counterparty).identities[0].kind === 'group');
    const used = page.items.find((item) => item['used'] !== undefined)?.['used'] as number | undefined;
    if (used !== undefined || looks === MOST_LOOKS || isAllThereIs(page)) return { used, isGroup };
    page = await lookBack(organization, id, page.next);
  }
}

async function lookBack(organization: OrganizationId, id: MessageId, start?: Item): Promise<Page> {
  const parts = parseMessageId(id);
  if (!parts) return { items: [], next: undefined };
  const partition = conversationPartition(organization, parts.conversationId);
  return query({
    partition,
    ...messageRange({ to: parts.at }),
    newestFirst: true,
    limit: LOOK_AT,
    start,
    consistent: true,
  });
}

function isAllThereIs({ items, next }: Page): boolean {
  const oldest = items.at(-1)?.['stored'] as number | undefined;
  return !next || oldest === undefined || oldest < Date.now() - LOOK_BACK_MS;
}

/** Where a lane's state is in the item. Times are whole microseconds, because conditions compare them exactly. */
const places = {
  single: { next: 'next', until: 'until', count: 'count' },
  bulk: { next: 'bulk_next', until: 'bulk_until', count: 'bulk_count' },
} as const;

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

function lanesIn(item: Item): Lanes {
  const [single, bulk] = [stateIn(item, 'single'), stateIn(item, 'bulk')];
  return { ...(single && { single }), ...(bulk && { bulk }) };
}

function stateIn(item: Item, lane: Lane): PaceState | undefined {
  const [next, until, count] = Object.values(places[lane]).map((place) => item[place] as number | undefined);
  if (next === undefined || until === undefined || count === undefined) return undefined;
  return { next: next / 1000, until: until / 1000, count };
}

function micros(ms: number): number {
  return Math.round(ms * 1000);
}
