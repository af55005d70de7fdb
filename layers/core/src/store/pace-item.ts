import type { Lanes } from '../domain/lanes.ts';
import type { Slowdown } from '../domain/learnt-rate.ts';
import type { PaceState } from '../domain/pace.ts';
import type { Item } from './attributes.ts';

/** What the senders of an account know of each other. */
export interface AccountRush {
  /** the account sends nothing before (ms): its provider asked for a pause */
  stoppedUntil: number;
  /** nor anything of a broadcast before */
  bulkStoppedUntil: number;
  /** all moments before this one are taken (ms) */
  takenUntil: number;
  /** what its provider has taught of its rate */
  slowdown?: Slowdown;
}

/** Where a lane's state is in the item. Times are whole microseconds, because conditions compare them exactly. */
export const places = {
  single: { next: 'next', until: 'until', count: 'count' },
  bulk: { next: 'bulk_next', until: 'bulk_until', count: 'bulk_count' },
} as const;

export function rushIn(item: Item): AccountRush {
  const { single, bulk } = lanesIn(item);
  const slowdown = slowdownIn(item);
  return {
    stoppedUntil: (item['stopped'] as number | undefined) ?? 0,
    bulkStoppedUntil: (item['bulk_stopped'] as number | undefined) ?? 0,
    takenUntil: Math.max(single?.next ?? 0, bulk?.next ?? 0),
    ...(slowdown && { slowdown }),
  };
}

export function lanesIn(item: Item): Lanes {
  const [single, bulk] = [stateIn(item, 'single'), stateIn(item, 'bulk')];
  return { ...(single && { single }), ...(bulk && { bulk }) };
}

export function slowdownIn(item: Item): Slowdown | undefined {
  return item['slowdown'] as Slowdown | undefined;
}

export function micros(ms: number): number {
  return Math.round(ms * 1000);
}

function stateIn(item: Item, lane: keyof typeof places): PaceState | undefined {
  const [next, until, count] = Object.values(places[lane]).map((place) => item[place] as number | undefined);
  if (next === undefined || until === undefined || count === undefined) return undefined;
  return { next: next / 1000, until: until / 1000, count };
}
