import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel } from '../../channels/contract.ts';
import { isHeld } from '../../domain/account-health.ts';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { laneIn } from '../../domain/lanes.ts';
import { nextEven, paceOf, recipientRate, usualPace } from '../../domain/pace.ts';
import type { AccountPace, Rate } from '../../domain/pace.ts';
import { connectedAccount } from '../../store/channel-accounts.ts';
import { usedOfRecipient } from '../../store/messages.ts';
import { findSlot, keepSlot, rushOf, useSlot } from '../../store/pace.ts';
import type { SendTask } from '../../store/queues.ts';
import { isFree } from '../accounts/free-sends.ts';
import { nextMoment } from '../series/slots.ts';

/**
 * `now`: the message may go; `at` is the moment it took, where its account has a pace, and `usedUntil` how far it uses up what its recipient
 * may get. `full`: its turn would come so late that its queue would forget it.
 */
export type Turn =
  | { outcome: 'now'; at?: number; usedUntil?: number }
  | { outcome: 'full' }
  | { outcome: 'later'; afterMs: number };

const NOW: Turn = { outcome: 'now' };

/** Up to so much is waited for here; who comes back from the queue has to write its moment down. */
const LONGEST_WAIT_MS = 3000;

/** A queue hides by whole seconds; what is left of the last one is waited for here, so that a pace is kept to the millisecond. */
const SECOND_MS = 1000;

/** SQS hides a message for 12 hours from its receive, of which some seconds have gone by. */
export const LONGEST_HIDE_MS = 11 * 3_600_000;

/**
 * Waits until a message may go: not before a pause that the provider asked for has ended, nor before its recipient may get another, nor before its
 * account's pace has a moment for it. The moment is its own: it takes one, and comes back for it if that is not yet. `receives`: how often its
 * queue has given it out, this time included.
 */
export async function takeTurn(channel: Channel, task: SendTask, receives: number): Promise<Turn> {
  const account = await connectedAccount(task.organizationId, task.channelAccountId);
  // a message that an account must not send now takes no turn
  if (!account || isHeld(account)) return NOW;
  const { stoppedUntil } = await rushOf(account.id);
  if (stoppedUntil > Date.now()) return hide(stoppedUntil - Date.now());
  const { rates } = await channel.capabilities();
  const pace = paceOf(usualPace(rates, channel.manifest.pace), account.settings);
  return afterRecipient(rates, task, () => (pace ? turnIn(pace, account, task, receives) : Promise.resolve(NOW)));
}

/** The message could not go after all, and was not asked of the provider: its turn waits for it. */
export async function keepTurn({ channelAccountId, messageId }: SendTask, { at }: { at?: number }): Promise<void> {
  if (at !== undefined) await keepSlot(channelAccountId, messageId, at);
}

/**
 * The messages of a conversation go one after the other, so the last of them that went says how much its recipient has had. One of a broadcast is the
 * only one its recipient gets.
 */
async function afterRecipient(rates: Rate[], task: SendTask, turn: () => Promise<Turn>): Promise<Turn> {
  const rate = task.broadcastId === undefined ? recipientRate(rates) : undefined;
  if (!rate) return turn();
  const used = await usedOfRecipient(task.organizationId, task.messageId);
  const wait = nextEven(rate, used, Date.now()).at - Date.now();
  if (wait > LONGEST_WAIT_MS) return hide(wait);
  await sleep(Math.max(0, wait));
  const taken = await turn();
  return taken.outcome === 'now' ? { ...taken, usedUntil: nextEven(rate, used, Date.now()).usedUntil } : taken;
}

async function turnIn(pace: AccountPace, { id }: ConnectedAccount, task: SendTask, receives: number): Promise<Turn> {
  const lane = laneIn(pace, task.broadcastId === undefined ? 'single' : 'bulk');
  if (lane === 'single' && (await isFree(id, pace))) return NOW;
  const kept = receives > 1 ? await findSlot(id, task.messageId) : undefined;
  const at = kept ?? (await nextMoment(id, lane, pace));
  if (at === undefined) return { outcome: 'full' };
  const wait = at - Date.now();
  if (wait > LONGEST_WAIT_MS) {
    if (kept === undefined) await keepSlot(id, task.messageId, at);
    return hide(Math.floor(wait / SECOND_MS) * SECOND_MS);
  }
  if (kept !== undefined) await useSlot(id, task.messageId);
  await sleep(Math.max(0, wait));
  return { outcome: 'now', at };
}

function hide(wait: number): Turn {
  return { outcome: 'later', afterMs: Math.min(wait, LONGEST_HIDE_MS) };
}
