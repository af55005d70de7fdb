import type { Channel, Receipt } from '../../channels/contract.ts';
import { backoff, isTooLate, isUsedUp, triesOf } from '../../domain/attempts.ts';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { compact } from '../../domain/compact.ts';
import type { Message } from '../../domain/message.ts';
import type { SendError } from '../../domain/status.ts';
import type { Wait } from '../../domain/waiting.ts';
import { releaseClaim } from '../../store/attempts.ts';
import { cancelMessage } from '../../store/message-changes.ts';
import { markMessage } from '../../store/messages.ts';
import { learn } from '../accounts/health.ts';
import { hold } from '../accounts/hold.ts';
import { renewRefused } from '../accounts/renew.ts';
import { holdForBroadcast } from '../broadcast/standing.ts';
import { notPrepared, unanswered } from '../send/errors.ts';
import { hide, leaves } from './put-off.ts';
import type { Later } from './put-off.ts';

/** `done`: there is nothing left to do here. */
export type Delivered = Later;

export const DONE: Delivered = { outcome: 'done' };

const LONGEST_PREPARATION_MS = 30 * 60_000;

type Refused = Extract<Receipt, { outcome: 'refused' }>;

/** A limit uses up no attempt. `perSecond`: what its account was slowed to. What its whole account has to wait for is waited for outside the queue, if it is long; the rest keeps its conversation's order there. */
export async function tryAgain(message: Message, refused: Refused, perSecond?: number): Promise<Delivered> {
  const { error, retryAfterMs, limit } = refused;
  const [now, isLimit] = [Date.now(), error.class === 'rate_limited' || limit !== undefined];
  if (isLimit ? isTooLate(message, now) : isUsedUp(message)) return fail(message, { ...error, permanent: !isLimit });
  const after = retryAfterMs ?? backoff(triesOf(message));
  const wait: Wait = {
    reason: reasonOf(refused),
    until: now + after,
    ...compact({ perSecond }),
  };
  const outside = isOfAccount(message, refused) && leaves(now + after, now, false);
  await releaseClaim(message, { ...(isLimit ? {} : { failed: error }), wait, outside, now });
  return outside ? DONE : hide(after);
}

function reasonOf({ error, limit }: Refused): Wait['reason'] {
  if (limit === 'template') return 'template';
  return error.class === 'rate_limited' || limit !== undefined ? 'rate_limit' : 'retry';
}

/** Whether everything that goes the same way as this message has to wait with it. */
function isOfAccount({ broadcastId }: Message, { error, limit }: Refused): boolean {
  return limit === 'bulk' ? broadcastId !== undefined : limit === undefined && error.class === 'rate_limited';
}

/** Before the provider is asked, somebody else may have taken the message; then it is theirs. */
export async function fail(message: Message, error: SendError): Promise<Delivered> {
  const at = Date.now();
  if (message.claimedAt === undefined) await cancelMessage(message.organizationId, message.id, { at, error });
  else await markMessage(message.organizationId, message, 'failed', { at, error });
  return DONE;
}

export async function awaitVerdict(message: Message, detail: string): Promise<Delivered> {
  const mark = { at: Date.now(), detail, error: unanswered };
  await markMessage(message.organizationId, message, 'unknown', mark, { due: 'verdict' });
  return DONE;
}

export async function pause(message: Message): Promise<Delivered> {
  await holdForBroadcast(message);
  return DONE;
}

export async function wait(message: Message, options: { nextAttempt: boolean }): Promise<Delivered> {
  await hold(message, options);
  return DONE;
}

/** Its file is being made ready by the media function; the conversation behind it waits in order, the longer the less often it looks. */
export async function waitForFile(message: Message, now: number): Promise<Delivered> {
  const waited = now - Math.max(message.storedAt, message.scheduledAt ?? 0);
  if (waited > LONGEST_PREPARATION_MS) return fail(message, notPrepared);
  return { outcome: 'later', afterMs: Math.min(Math.max(waited / 2, 500), 15_000) };
}

/** A provider may take credentials back before their time. Where no others can be had, the account has to be connected again, and the message waits for that. */
export async function reconnect(
  channel: Channel,
  message: Message,
  account: ConnectedAccount,
  receipt: Refused,
): Promise<Delivered> {
  const renewal = await renewRefused(channel, account, message.attempt > 1);
  if (renewal === 'renewed') return tryAgain(message, receipt);
  if (renewal === 'none') {
    const lost = { about: 'credentials', ok: false, detail: receipt.error.message, code: receipt.error.code } as const;
    const { state } = await learn(account, lost, Date.now());
    if (state === 'needs_reauth') return wait(message, { nextAttempt: true });
  }
  const [now, after] = [Date.now(), backoff(1)];
  await releaseClaim(message, { wait: { reason: 'retry', until: now + after }, now });
  return hide(after);
}
