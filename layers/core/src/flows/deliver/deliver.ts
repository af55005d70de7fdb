import type { Channel, Receipt } from '../../channels/contract.ts';
import { isHeld } from '../../domain/account-health.ts';
import { backoff, isUsedUp, triesOf } from '../../domain/attempts.ts';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Message } from '../../domain/message.ts';
import type { Mark, SendError } from '../../domain/status.ts';
import { claimMessage, releaseClaim } from '../../store/attempts.ts';
import { findConversation } from '../../store/conversations.ts';
import { postponeMessage, replaceMessage } from '../../store/message-changes.ts';
import { markMessage } from '../../store/messages.ts';
import type { SendTask } from '../../store/queues.ts';
import { learn } from '../accounts/health.ts';
import { broadcastCancelled, holdForBroadcast, standingOf } from '../broadcast/standing.ts';
import { checkBeforeSend, onWindowClosed } from './check-before-send.ts';
import type { Leaving, Permission } from './check-before-send.ts';
import { heedLimit } from './heed-limit.ts';
import { holdForCustomer } from './held.ts';
import { hold } from '../accounts/hold.ts';
import { toOutgoing } from './outgoing.ts';
import { toNewestAddress } from '../receive/newest-address.ts';
import { keepTurn, LONGEST_HIDE_MS, takeTurn } from './pace.ts';
import type { Turn } from './pace.ts';
import { quietFor } from './quiet.ts';
import { backlog, noAccount, notPrepared, unanswered } from '../send/errors.ts';
import { currentAccount, renewRefused } from '../accounts/renew.ts';
import { settleAccepted } from './settle.ts';
import { learnFromRefusal, unwillingError, whyUnwilling } from '../opt-outs/unwilling.ts';
import { windowError } from './window.ts';

/** `later`: the provider asked us to wait, so the queue hides the message for so long and the conversation behind it waits in order. */
export type Delivered = { outcome: 'done' } | { outcome: 'later'; afterMs: number };

/** In whose name a message is claimed, and how often its queue has given it out, this time included. */
export interface Receive {
  claimer: string;
  receives: number;
}

const LONGEST_PREPARATION_MS = 30 * 60_000;
const DONE: Delivered = { outcome: 'done' };
const NO_TURN: Turn = { outcome: 'now' };

/**
 * Sends one queued message: claim, ask the provider once, write what it answered. A claim that was never followed by an answer means that nobody
 * knows whether the customer got the message; it is not sent again, but waits for the provider's own word.
 */
export async function deliver(channel: Channel, task: SendTask, { claimer, receives }: Receive): Promise<Delivered> {
  const { organizationId, messageId } = task;
  const standing = await standingOf(task);
  const turn = standing === 'go' ? await turnFor(channel, task, receives) : NO_TURN;
  if (turn.outcome === 'later') return turn;
  const claim = await claimMessage(organizationId, messageId, claimer, Date.now());
  if (claim.outcome === 'preparing') {
    if (turn.outcome === 'now') await keepTurn(task, turn);
    return waitForFile(claim.message, Date.now());
  }
  if (claim.outcome === 'interrupted')
    return awaitVerdict(claim.message, 'the sender stopped before the provider answered');
  if (claim.outcome !== 'claimed') return DONE;
  if (standing === 'cancelled') return fail(claim.message, broadcastCancelled);
  if (standing === 'paused') return pause(claim.message);
  if (turn.outcome === 'full') return fail(claim.message, backlog);
  const account = await currentAccount(channel, organizationId, claim.message.channelAccountId);
  if (!account) return fail(claim.message, noAccount);
  if (isHeld(account)) return wait(claim.message, { nextAttempt: false });
  const message = await toNewestAddress(channel, claim.message);
  const { contactId, counterparty, body } = message;
  const unwilling = await whyUnwilling(account, { contactId, identities: counterparty.identities, body });
  if (unwilling) return fail(message, unwillingError(unwilling, channel.manifest.label));
  const leaving: Departure = { channel, account, message, ...(turn.usedUntil && { usedUntil: turn.usedUntil }) };
  return heed(leaving, await checkBeforeSend(leaving));
}

/** What a broadcast would send within quiet hours stays in its queue, so that nothing is written for it. */
async function turnFor(channel: Channel, task: SendTask, receives: number): Promise<Turn> {
  const now = Date.now();
  const quiet = task.broadcastId && (await quietFor(task.organizationId, 'bulk', now));
  if (quiet && quiet.policy === 'hold')
    return { outcome: 'later', afterMs: Math.min(quiet.until - now, LONGEST_HIDE_MS) };
  return takeTurn(channel, task, receives);
}

/** A message that leaves if it may. */
type Departure = Leaving & {
  /** how far (ms) it uses up what its recipient may get */
  usedUntil?: number;
};

async function heed(leaving: Departure, permission: Permission): Promise<Delivered> {
  const { message } = leaving;
  switch (permission.outcome) {
    case 'go':
      return ask(leaving, permission.lastInboundAt);
    case 'replace': {
      const { body, degraded } = permission;
      await replaceMessage(message, { body, degraded }, Date.now());
      return ask({ ...leaving, message: { ...message, body, degraded } });
    }
    case 'hold':
      if (await holdForCustomer(message, permission)) return DONE;
      return fail(message, await windowError(leaving.channel));
    case 'postpone':
      await postponeMessage(message, permission.until, Date.now());
      return DONE;
    case 'refuse':
      return fail(message, permission.error);
  }
}

async function ask(leaving: Departure, lastInboundAt?: number): Promise<Delivered> {
  const { channel, account, message } = leaving;
  const outgoing = await toOutgoing(channel, message, account);
  const answered = lastInboundAt === undefined ? outgoing : { ...outgoing, lastInboundAt };
  return settle(leaving, await channel.send(answered, account));
}

/** Its file is being made ready by the media function; the conversation behind it waits in order, the longer the less often it looks. */
async function waitForFile(message: Message, now: number): Promise<Delivered> {
  const waited = now - Math.max(message.storedAt, message.scheduledAt ?? 0);
  if (waited > LONGEST_PREPARATION_MS) return fail(message, notPrepared);
  return { outcome: 'later', afterMs: Math.min(Math.max(waited / 2, 500), 15_000) };
}

async function settle(leaving: Departure, receipt: Receipt): Promise<Delivered> {
  const { channel, account, message, usedUntil } = leaving;
  switch (receipt.outcome) {
    case 'accepted':
      await settleAccepted(message, receipt.providerMessageId, sentMark(receipt), {
        link: !channel.manifest.echoesReference,
        ...(usedUntil === undefined ? {} : { usedUntil }),
      });
      return DONE;
    case 'unknown':
      return awaitVerdict(message, receipt.detail);
    case 'refused':
      await learnFromRefusal(message, receipt);
      await heedLimit(message, receipt);
      if (receipt.retryable) return tryAgain(message, receipt);
      if (receipt.error.class === 'window_closed') return closed(leaving, receipt);
      return receipt.error.class === 'auth' && !receipt.gone && !isUsedUp(message)
        ? reconnect(channel, message, account, receipt)
        : fail(message, receipt.error);
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

/** A provider may take credentials back before their time. Where no others can be had, the account has to be connected again, and the message waits for that. */
async function reconnect(
  channel: Channel,
  message: Message,
  account: ConnectedAccount,
  receipt: Extract<Receipt, { outcome: 'refused' }>,
): Promise<Delivered> {
  const renewal = await renewRefused(channel, account, message.attempt > 1);
  if (renewal === 'renewed') return tryAgain(message, receipt);
  if (renewal === 'none') {
    const lost = { about: 'credentials', ok: false, detail: receipt.error.message } as const;
    const { state } = await learn(account, lost, Date.now());
    if (state === 'needs_reauth') return wait(message, { nextAttempt: true });
  }
  await releaseClaim(message, { now: Date.now() });
  return { outcome: 'later', afterMs: backoff(1) };
}

async function pause(message: Message): Promise<Delivered> {
  await holdForBroadcast(message);
  return DONE;
}

async function wait(message: Message, options: { nextAttempt: boolean }): Promise<Delivered> {
  await hold(message, options);
  return DONE;
}

function sentMark({ detail }: Extract<Receipt, { outcome: 'accepted' }>): Mark {
  return detail === undefined ? { at: Date.now() } : { at: Date.now(), detail };
}

async function tryAgain(
  message: Message,
  { error, retryAfterMs }: Extract<Receipt, { outcome: 'refused' }>,
): Promise<Delivered> {
  const limited = error.class === 'rate_limited';
  if (!limited && isUsedUp(message)) return fail(message, { ...error, permanent: true });
  await releaseClaim(message, { ...(limited ? {} : { failed: error }), now: Date.now() });
  return { outcome: 'later', afterMs: retryAfterMs ?? backoff(triesOf(message)) };
}

async function fail(message: Message, error: SendError): Promise<Delivered> {
  await markMessage(message.organizationId, message, 'failed', { at: Date.now(), error });
  return DONE;
}

async function awaitVerdict(message: Message, detail: string): Promise<Delivered> {
  const mark = { at: Date.now(), detail, error: unanswered };
  await markMessage(message.organizationId, message, 'unknown', mark, { due: 'verdict' });
  return DONE;
}
