import { compact } from '../domain/compact.ts';
import type { ChannelAccountId } from '../domain/id.ts';
import type { Lane } from '../domain/lanes.ts';
import { slowerBy } from '../domain/learnt-rate.ts';
import type { Slowdown } from '../domain/learnt-rate.ts';
import type { Item } from './attributes.ts';
import { paceKey } from './keys/accounts.ts';
import { rushOf, stopAccount } from './pace.ts';
import { lanesIn, micros, places, rushIn } from './pace-item.ts';
import { getItem, updateItem } from './table.ts';

/** A refusal of an account's rate. Times are in ms. */
export interface TooFast {
  /** messages a second that it usually may send */
  full: number;
  /** when the refused message was claimed */
  askedAt: number;
  /** until when the provider takes nothing */
  until: number;
}

/**
 * Stops an account until then, and has it go on at a lower rate, for all its senders by one write. Of a rush of refusals one does so, and gets the slowdown.
 * The moments that lie ahead were taken at the old rate, so they are given out anew.
 */
export async function slowAccount(
  account: ChannelAccountId,
  { full, askedAt, until }: TooFast,
): Promise<Slowdown | undefined> {
  const [item = {}, now] = [await getItem(paceKey(account), { consistent: true }), Date.now()];
  const { slowdown: known, stoppedUntil } = rushIn(item);
  const slowdown = slowerBy(known, full, { askedAt, now });
  if (slowdown && (await slow(account, item, { slowdown, stopped: Math.max(stoppedUntil, until, now) })))
    return slowdown;
  await stopAccount(account, until);
  return undefined;
}

/** False: others have slowed or stopped it meanwhile. */
async function slow(
  account: ChannelAccountId,
  item: Item,
  next: { slowdown: Slowdown; stopped: number },
): Promise<boolean> {
  const { slowdown, stopped } = item as { slowdown?: Slowdown; stopped?: number };
  const written = await updateItem(paceKey(account), {
    set: { ...next, ...aheadOf(item, next.stopped) },
    when: [
      slowdown === undefined ? 'attribute_not_exists(#slowdown)' : '#slowdown = :known',
      stopped === undefined ? 'attribute_not_exists(#stopped)' : '#stopped = :before',
    ].join(' AND '),
    values: compact({ known: slowdown, before: stopped }),
  });
  if (written.ok) rushOf.keep(rushIn(written.item), account);
  return written.ok;
}

/** Of each lane whose taken moments reach beyond a time, that the next one is then. */
function aheadOf(item: Item, at: number): Item {
  const ahead = Object.entries(lanesIn(item)).filter(([, { next }]) => next > at);
  return Object.fromEntries(ahead.map(([lane]) => [places[lane as Lane].next, micros(at)]));
}
