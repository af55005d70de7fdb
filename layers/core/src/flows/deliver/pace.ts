import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel } from '../../channels/contract.ts';
import { isHeld } from '../../domain/account-health.ts';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { laneIn } from '../../domain/lanes.ts';
import type { Lane } from '../../domain/lanes.ts';
import { isByRateOnly, nextEven, paceOf, recipientRate, usualPace } from '../../domain/pace.ts';
import type { AccountPace, Rate } from '../../domain/pace.ts';
import { isPutOff } from '../../domain/waiting.ts';
import type { Wait } from '../../domain/waiting.ts';
import { messageToSend } from '../../store/attempts.ts';
import { connectedAccount } from '../../store/channel-accounts.ts';
import { rushOf, stopOf, usedOfRecipient } from '../../store/pace.ts';
import type { SendTask } from '../../store/queues.ts';
import { keepWait } from '../../store/waiting.ts';
import { isFree } from '../accounts/free-sends.ts';
import { nextMoment } from './moments.ts';
import { hide, putOff } from './put-off.ts';
import type { Later } from './put-off.ts';

/**
 * `now`: the message may go; `at` is the moment it took, where its account has a pace, and `usedUntil` how far it uses up what its recipient
 * may get. `full`: its turn would come so late that nobody wants it any more.
 */
export type Turn = { outcome: 'now'; at?: number; usedUntil?: number } | { outcome: 'full' } | Later;

const NOW: Turn = { outcome: 'now' };

/** Up to so much is waited for here; who comes back from the queue has to write its moment down. */
const LONGEST_WAIT_MS = 3000;

/** A queue hides by whole seconds; what is left of the last one is waited for here, so that a pace is kept to the millisecond. */
const SECOND_MS = 1000;

/** Who wakes so much later than asked was not the only one to oversleep. */
const OVERSLEPT_MS = 1000;

/** A message that asks for its turn. `stoppedUntil`: when its lane was last stopped until (ms). */
interface Asking {
  task: SendTask;
  account: ConnectedAccount;
  lane: Lane;
  stoppedUntil: number;
  kept: Wait | undefined;
}

/**
 * Waits until a message may go: not before a pause that the provider asked for has ended, nor before its recipient may get another, nor before its
 * account's pace has a moment for it. The moment is its own: it takes one, and comes back for it if that is not yet. `receives`: how often its
 * queue has given it out, this time included.
 */
export async function takeTurn(channel: Channel, task: SendTask, receives: number): Promise<Turn> {
  const account = await connectedAccount(task.organizationId, task.channelAccountId);
  // a message that an account must not send now takes no turn
  if (!account || isHeld(account)) return NOW;
  const lane = task.broadcastId === undefined ? 'single' : 'bulk';
  const stoppedUntil = stopOf(await rushOf(account.id), lane);
  if (stoppedUntil > Date.now()) return putOffOr(NOW, task, { reason: 'rate_limit', until: stoppedUntil });
  const kept = await keptBy(task, receives);
  if (kept && !kept.moment && kept.until > Date.now()) return hide(kept.until - Date.now());
  const { rates } = await channel.capabilities();
  const pace = paceOf(usualPace(rates, channel.manifest.pace), account.settings);
  const asking = { task, account, lane, stoppedUntil, kept } as const;
  return afterRecipient(rates, task, () => (pace ? turnIn(pace, asking) : Promise.resolve(NOW)));
}

/** The message could not go after all, and was not asked of the provider: its turn waits for it. */
export async function keepTurn({ organizationId, messageId }: SendTask, { at }: { at?: number }): Promise<void> {
  if (at === undefined) return;
  const wait: Wait = { reason: 'rate_limit', until: at, moment: true };
  await keepWait(organizationId, messageId, { wait, now: Date.now() });
}

/** What a message was put off for that comes back: told by the message, or by whoever put it back into its queue. */
async function keptBy(task: SendTask, receives: number): Promise<(Wait & { until: number }) | undefined> {
  const wait = receives > 1 ? (await messageToSend(task.organizationId, task.messageId))?.wait : task.wait;
  return wait && isPutOff(wait) ? wait : undefined;
}

/**
 * The messages of a conversation go one after the other, so the last of them that went says how much its recipient has had. One of a broadcast is the
 * only one its recipient gets.
 */
async function afterRecipient(rates: Rate[], task: SendTask, turn: () => Promise<Turn>): Promise<Turn> {
  if (task.broadcastId !== undefined || !recipientRate(rates)) return turn();
  const { used, isGroup } = await usedOfRecipient(task.organizationId, task.messageId);
  const rate = recipientRate(rates, isGroup);
  if (!rate) return turn();
  const wait = nextEven(rate, used, Date.now()).at - Date.now();
  if (wait > LONGEST_WAIT_MS) return hide(wholeSeconds(wait));
  await sleep(Math.max(0, wait));
  const taken = await turn();
  return taken.outcome === 'now' ? { ...taken, usedUntil: nextEven(rate, used, Date.now()).usedUntil } : taken;
}

async function turnIn(pace: AccountPace, asking: Asking): Promise<Turn> {
  const { account, task } = asking;
  const lane = laneIn(pace, asking.lane);
  const kept = momentKept(pace, asking);
  if (kept === undefined && lane === 'single' && (await isFree(account.id, pace))) return NOW;
  const at = kept ?? (await nextMoment(account.id, lane, pace));
  if (at === undefined) return { outcome: 'full' };
  const now = Date.now();
  if (at - now > LONGEST_WAIT_MS)
    return putOffOr(NOW, task, { reason: 'rate_limit', until: at, moment: true }, { isKept: kept !== undefined });
  await sleep(Math.max(0, at - now));
  const isLate = Date.now() - Math.max(at, now) > OVERSLEPT_MS && isByRateOnly(pace);
  return isLate ? turnIn(pace, { ...asking, kept: undefined }) : { outcome: 'now', at };
}

/** The moments that lay within a stop would all be used together at its end: only those of its last second are. Where messages are counted by the day, none is wasted. */
function momentKept(pace: AccountPace, { kept, stoppedUntil }: Asking): number | undefined {
  if (!kept?.moment || kept.until === undefined) return undefined;
  return isByRateOnly(pace) && kept.until < stoppedUntil - SECOND_MS ? undefined : kept.until;
}

/** A message that was claimed, or has come to something, meanwhile has to be looked at. */
async function putOffOr(
  otherwise: Turn,
  task: SendTask,
  wait: Wait & { until: number },
  { isKept = false } = {},
): Promise<Turn> {
  const left = wait.moment ? wholeSeconds(wait.until - Date.now()) : wait.until - Date.now();
  return (await putOff(task, wait, { left, isKept })) ?? otherwise;
}

function wholeSeconds(ms: number): number {
  return Math.floor(ms / SECOND_MS) * SECOND_MS;
}
