import type { Channel, Receipt } from '../../channels/contract.ts';
import { isHeld } from '../../domain/account-health.ts';
import { isUsedUp, stageOf } from '../../domain/attempts.ts';
import type { Message } from '../../domain/message.ts';
import type { Mark } from '../../domain/status.ts';
import { claimMessage, messageToSend } from '../../store/attempts.ts';
import { findConversation } from '../../store/conversations.ts';
import { postponeMessage, replaceMessage } from '../../store/message-changes.ts';
import type { SendTask } from '../../store/queues.ts';
import { broadcastCancelled, standingOf } from '../broadcast/standing.ts';
import type { Standing } from '../broadcast/standing.ts';
import { checkBeforeSend, onWindowClosed } from './check-before-send.ts';
import type { Leaving, Permission } from './check-before-send.ts';
import { awaitVerdict, DONE, fail, pause, reconnect, tryAgain, wait, waitForFile } from './endings.ts';
import type { Delivered } from './endings.ts';
import { holdForCustomer } from './held.ts';
import { toOutgoing } from './outgoing.ts';
import { toNewestAddress } from '../receive/newest-address.ts';
import { keepTurn, takeTurn } from './pace.ts';
import type { Turn } from './pace.ts';
import { hide } from './put-off.ts';
import type { Later } from './put-off.ts';
import { quietFor } from './quiet.ts';
import { backlog, noAccount } from '../send/errors.ts';
import { lookingOnce } from '../send/look.ts';
import { currentAccount } from '../accounts/renew.ts';
import { settleAccepted } from './settle.ts';
import { learnFromRefusal, unwillingError, whyUnwilling } from '../opt-outs/unwilling.ts';
import { lookAhead, windowError } from './window.ts';

/** In whose name a message is claimed, and how often its queue has given it out, this time included. */
export interface Receive {
  claimer: string;
  receives: number;
}

/** What one receive of a task goes by. */
interface Given {
  channel: Channel;
  task: SendTask;
  claimer: string;
  standing: Standing;
  turn: Exclude<Turn, Later>;
}

const NO_TURN: Turn = { outcome: 'now' };

/**
 * Sends one queued message: find out all there is to find out, claim, ask the provider once, write what it answered. Between the claim and the provider's
 * call nothing is waited for: a claim that was never followed by an answer means that nobody knows whether the customer got the message, so it is
 * not sent again, but waits for the provider's own word.
 */
export async function deliver(channel: Channel, task: SendTask, { claimer, receives }: Receive): Promise<Delivered> {
  const standing = await standingOf(task);
  const turn = standing === 'go' ? await turnFor(channel, task, receives) : NO_TURN;
  if (turn.outcome === 'later' || turn.outcome === 'done') return turn;
  return take({ channel, task, claimer, standing, turn }, turn.outcome === 'now' ? turn.met : undefined);
}

/** `met`: as it was on the way to its turn. Whether it still is so its claim tells, and it is read again if not; so is one that did not wait then. */
async function take(given: Given, met?: Message): Promise<Delivered> {
  const { task, turn } = given;
  const isWaiting = met && stageOf(met) === 'waiting';
  const message = isWaiting ? met : await messageToSend(task.organizationId, task.messageId);
  switch (message && stageOf(message)) {
    case 'waiting':
      return decide(given, message as Message);
    case 'preparing':
      if (turn.outcome === 'now') await keepTurn(task, turn);
      return waitForFile(message as Message, Date.now());
    case 'asked':
      return awaitVerdict(message as Message, 'the sender stopped before the provider answered');
    default:
      return DONE;
  }
}

async function decide(given: Given, read: Message): Promise<Delivered> {
  const { channel, standing, turn } = given;
  if (standing === 'cancelled') return fail(read, broadcastCancelled);
  if (standing === 'paused') return pause(read);
  if (turn.outcome === 'full') return fail(read, backlog);
  const account = await currentAccount(channel, read.organizationId, read.channelAccountId);
  if (!account) return fail(read, noAccount);
  if (isHeld(account)) return wait(read, { nextAttempt: false });
  const message = await toNewestAddress(channel, read);
  const { contactId, counterparty, body } = message;
  const look = lookingOnce(message.organizationId);
  const [unwilling] = await Promise.all([
    whyUnwilling(account, { contactId, identities: counterparty.identities, body }),
    lookAhead(channel, message, look),
  ]);
  if (unwilling) return fail(message, unwillingError(unwilling, channel.manifest.label));
  const leaving: Departure = { channel, account, message, look, given };
  return heed(leaving, await checkBeforeSend(leaving));
}

/** What a broadcast would send within quiet hours stays in its queue, so that nothing is written for it. */
async function turnFor(channel: Channel, task: SendTask, receives: number): Promise<Turn> {
  const now = Date.now();
  const quiet = task.broadcastId && (await quietFor(task.organizationId, 'bulk', now));
  if (quiet && quiet.policy === 'hold') return hide(quiet.until - now);
  return takeTurn(channel, task, receives);
}

/** A message that leaves if it may. */
type Departure = Leaving & { given: Given };

async function heed(leaving: Departure, permission: Permission): Promise<Delivered> {
  const { message } = leaving;
  switch (permission.outcome) {
    case 'go':
      return ask(leaving, permission.lastInboundAt);
    case 'replace': {
      const { body, degraded } = permission;
      const updatedAt = Date.now();
      await replaceMessage(message, { body, degraded }, updatedAt);
      return ask({ ...leaving, message: { ...message, body, degraded, updatedAt } });
    }
    case 'hold':
      if (await holdForCustomer(message, permission)) return DONE;
      return fail(message, await windowError(leaving.channel, message));
    case 'postpone':
      await postponeMessage(message, permission.until, Date.now());
      return DONE;
    case 'refuse':
      return fail(message, permission.error);
  }
}

/** One that was claimed, and goes in another form after the provider's refusal, still is. One that somebody has changed meanwhile is looked at again. */
async function ask(leaving: Departure, lastInboundAt?: number): Promise<Delivered> {
  const { channel, account, given } = leaving;
  const outgoing = await toOutgoing(channel, leaving.message, account);
  const answered = lastInboundAt === undefined ? outgoing : { ...outgoing, lastInboundAt };
  const isClaimed = leaving.message.claimedAt !== undefined;
  const message = isClaimed ? leaving.message : await claimMessage(leaving.message, given.claimer, Date.now());
  if (!message) return take(given);
  return settle({ ...leaving, message }, await channel.send(answered, account));
}

async function settle(leaving: Departure, receipt: Receipt): Promise<Delivered> {
  const { channel, account, message, given } = leaving;
  switch (receipt.outcome) {
    case 'accepted':
      await settleAccepted(message, receipt.providerMessageId, sentMark(receipt), {
        link: !channel.manifest.echoesReference,
        ...usedUpBy(given.turn),
      });
      return DONE;
    case 'unknown':
      return awaitVerdict(message, receipt.detail);
    case 'refused': {
      await learnFromRefusal(message, receipt);
      // seldom: loaded for the first refusal
      const { heedLimit } = await import('./heed-limit.ts');
      const perSecond = await heedLimit({ channel, account, message }, receipt);
      if (receipt.retryable) return tryAgain(message, receipt, perSecond);
      if (receipt.error.class === 'window_closed') return closed(leaving, receipt);
      return receipt.error.class === 'auth' && !receipt.gone && !isUsedUp(message)
        ? reconnect(channel, message, account, receipt)
        : fail(message, receipt.error);
    }
  }
}

/** The provider knows better whether the window is open. Its word counts like our own, but for a message that has gone in another form already. */
async function closed(leaving: Departure, { error }: Extract<Receipt, { outcome: 'refused' }>): Promise<Delivered> {
  const { message } = leaving;
  if (message.body.type === 'template') return fail(message, error);
  const seen = await findConversation(message.organizationId, message.conversationId);
  const permission = await onWindowClosed(leaving, seen?.lastInboundAt);
  if (permission.outcome === 'refuse' && permission.error.class === 'window_closed') return fail(message, error);
  return heed(leaving, permission.outcome === 'hold' ? { ...permission, nextAttempt: true } : permission);
}

/** How far (ms) it uses up what its recipient may get. */
function usedUpBy(turn: Turn): { usedUntil?: number } {
  return turn.outcome === 'now' && turn.usedUntil !== undefined ? { usedUntil: turn.usedUntil } : {};
}

function sentMark({ detail }: Extract<Receipt, { outcome: 'accepted' }>): Mark {
  return detail === undefined ? { at: Date.now() } : { at: Date.now(), detail };
}
