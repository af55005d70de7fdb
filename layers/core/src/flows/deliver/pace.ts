import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel } from '../../channels/contract.ts';
import { isHeld } from '../../domain/account-health.ts';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { compact } from '../../domain/compact.ts';
import type { ChannelAccountId } from '../../domain/id.ts';
import { laneIn } from '../../domain/lanes.ts';
import type { Lane } from '../../domain/lanes.ts';
import { perSecondShown } from '../../domain/learnt-rate.ts';
import { isByRateOnly, nextEven, paceForType, recipientRate } from '../../domain/pace.ts';
import type { AccountPace, Rate } from '../../domain/pace.ts';
import type { Message } from '../../domain/message.ts';
import { isPutOff } from '../../domain/waiting.ts';
import type { Wait } from '../../domain/waiting.ts';
import { messageToSend } from '../../store/attempts.ts';
import { connectedAccount } from '../../store/channel-accounts.ts';
import { lastSentBefore } from '../../store/last-sent.ts';
import { rushOf, stopOf } from '../../store/pace.ts';
import type { AccountRush } from '../../store/pace-item.ts';
import type { SendTask } from '../../store/queues.ts';
import { keepWait } from '../../store/waiting.ts';
import { isFree, noteSent } from '../accounts/free-sends.ts';
import { paceNow } from './account-pace.ts';
import { nextMoment } from './moments.ts';
import { hide, putOff } from './put-off.ts';
import type { Later } from './put-off.ts';

/**
 * `now`: the message may go; `at` is the moment it took, where its account has a pace, and `usedUntil` how far it uses up what its recipient
 * may get. `met`: the message, where it was read on the way and nothing was waited for since. `full`: its turn would come so late that nobody wants it any more.
 */
export type Turn =
  | { outcome: 'now'; at?: number; usedUntil?: number; met?: Message | undefined }
  | { outcome: 'full' }
  | Later;

const NOW: Turn = { outcome: 'now' };

/** Up to so much is waited for here; who comes back from the queue has to write its moment down. */
const LONGEST_WAIT_MS = 3000;

/** A queue hides by whole seconds; what is left of the last one is waited for here, so that a pace is kept to the millisecond. */
const SECOND_MS = 1000;

/** Who wakes so much later than asked was not the only one to oversleep. */
const OVERSLEPT_MS = 1000;

/** A message that asks for its turn, by a pace that is its account's for one of its type. */
interface Asking {
  task: SendTask;
  account: ConnectedAccount;
  lane: Lane;
  pace: AccountPace | undefined;
  rush: AccountRush;
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
  const rush = await rushOf(account.id);
  const stoppedUntil = stopOf(rush, lane);
  if (stoppedUntil > Date.now()) return putOffOr(NOW, task, { reason: 'rate_limit', until: stoppedUntil });
  const kept = await keptBy(task, receives);
  if (kept && kept.moment === undefined && kept.until > Date.now()) return hide(kept.until - Date.now());
  const { rates } = await channel.capabilities();
  const pace = await paceNow(channel, account, rush);
  const own = pace && paceForType(pace, rates, task.bodyType);
  return afterRecipient(rates, task, () => turnIn({ task, account, lane, pace: own, rush, kept }));
}

/** The message could not go after all, and was not asked of the provider: its turn waits for it. */
export async function keepTurn({ organizationId, messageId }: SendTask, { at }: { at?: number }): Promise<void> {
  if (at === undefined) return;
  const wait: Wait = { reason: 'rate_limit', until: at, moment: Date.now() };
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
  const { message, used, isGroup } = await lastSentBefore(task.organizationId, task.messageId);
  const rate = recipientRate(rates, isGroup);
  if (!rate) return turn();
  const now = Date.now();
  const wait = nextEven(rate, used, now).at - now;
  if (wait > LONGEST_WAIT_MS) return hide(wholeSeconds(wait));
  await sleep(Math.max(0, wait));
  const taken = await turn();
  if (taken.outcome !== 'now') return taken;
  const met = Math.max(now + wait, taken.at ?? 0) > now ? undefined : message;
  return { ...taken, usedUntil: nextEven(rate, used, Date.now()).usedUntil, met };
}

async function turnIn(asking: Asking): Promise<Turn> {
  const { account, task, pace, rush } = asking;
  if (!pace) return atOnce(account.id);
  const lane = laneIn(pace, asking.lane);
  const kept = momentKept(pace, asking);
  if (kept === undefined && lane === 'single' && (await isFree(account.id, pace))) return NOW;
  const now = Date.now();
  const slowedAt = rush.slowdown?.at ?? 0;
  const at = kept?.until ?? (await nextMoment({ account: account.id, lane, pace, slowedAt }));
  if (at === undefined) return { outcome: 'full' };
  const moment = kept?.moment ?? now;
  const left = at - Date.now();
  if (left > LONGEST_WAIT_MS)
    return putOffOr(
      NOW,
      task,
      { reason: 'rate_limit', until: at, moment, ...slowed(rush) },
      { isKept: kept !== undefined },
    );
  if (left <= 0) return { outcome: 'now', at };
  await sleep(left);
  return afterSleep(asking, { at, moment });
}

/** How many go so is what there is to know of such an account's rate. */
function atOnce(account: ChannelAccountId): Turn {
  noteSent(account);
  return NOW;
}

/**
 * What was heard meanwhile counts: of a stop, of a slowdown; and who overslept takes another moment. Where messages are counted by the day, none is
 * taken in vain.
 */
async function afterSleep(asking: Asking, { at, moment }: { at: number; moment: number }): Promise<Turn> {
  const { account, task, pace, lane } = asking;
  const turn = { outcome: 'now', at } as const;
  if (!pace || !isByRateOnly(pace)) return turn;
  const [rush, now] = [await rushOf(account.id), Date.now()];
  const stoppedUntil = stopOf(rush, lane);
  if (stoppedUntil > now) return putOffOr(NOW, task, { reason: 'rate_limit', until: stoppedUntil });
  const isVoid = now - at > OVERSLEPT_MS || moment <= (rush.slowdown?.at ?? 0);
  return isVoid ? turnIn({ ...asking, rush, kept: undefined }) : turn;
}

/**
 * The moments that lay within a stop would all be used together at its end: only those of its last second are; and those that were taken before the account was
 * slowed would be used too fast. Where messages are counted by the day, none is wasted.
 */
function momentKept(pace: AccountPace, { kept, rush, lane }: Asking): { until: number; moment: number } | undefined {
  if (kept?.moment === undefined || kept.until === undefined) return undefined;
  const { until, moment } = kept;
  const isVoid = until < stopOf(rush, lane) - SECOND_MS || moment <= (rush.slowdown?.at ?? 0);
  return isVoid && isByRateOnly(pace) ? undefined : { until, moment };
}

/** For whoever reads why a message waits. */
function slowed({ slowdown }: AccountRush): Pick<Wait, 'perSecond'> {
  const perSecond = slowdown && perSecondShown(slowdown, Date.now());
  return compact({ perSecond });
}

/** A message that was claimed, or has come to something, meanwhile has to be looked at. */
async function putOffOr(
  otherwise: Turn,
  task: SendTask,
  wait: Wait & { until: number },
  { isKept = false } = {},
): Promise<Turn> {
  const left = wait.moment !== undefined ? wholeSeconds(wait.until - Date.now()) : wait.until - Date.now();
  return (await putOff(task, wait, { left, isKept })) ?? otherwise;
}

function wholeSeconds(ms: number): number {
  return Math.floor(ms / SECOND_MS) * SECOND_MS;
}
