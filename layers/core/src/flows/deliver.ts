import type { Channel, Receipt } from '../channels/contract.ts';
import type { ConnectedAccount } from '../domain/channel-account.ts';
import type { Message } from '../domain/message.ts';
import type { SendError } from '../domain/status.ts';
import { claimMessage, markMessage, releaseClaim } from '../store/messages.ts';
import type { MessageTask } from '../store/queues.ts';
import { toOutgoing } from './outgoing.ts';
import { currentAccount, renew } from './renew.ts';
import { settleAccepted } from './settle.ts';

/** `later`: the provider asked us to wait, so the queue hides the message for so long and the conversation behind it waits in order. */
export type Delivered = { outcome: 'done' } | { outcome: 'later'; afterMs: number };

const MOST_ATTEMPTS = 5;
const DONE: Delivered = { outcome: 'done' };

/**
 * Sends one queued message: claim, ask the provider once, write what it answered. A claim that was never followed by an answer means that nobody
 * knows whether the customer got the message; it is not sent again, but waits for the provider's own word.
 */
export async function deliver(
  channel: Channel,
  { organizationId, messageId }: MessageTask,
  claimer: string,
): Promise<Delivered> {
  const claim = await claimMessage(organizationId, messageId, claimer, Date.now());
  if (claim.outcome === 'interrupted')
    return awaitVerdict(claim.message, 'the sender stopped before the provider answered');
  if (claim.outcome !== 'claimed') return DONE;
  const account = await currentAccount(channel, organizationId, claim.message.channelAccountId);
  if (!account) return fail(claim.message, noAccount);
  if (account.status === 'Inactive') return fail(claim.message, inactive);
  const receipt = await channel.send(await toOutgoing(channel, claim.message, account), account);
  return settle(channel, claim.message, account, receipt);
}

async function settle(
  channel: Channel,
  message: Message,
  account: ConnectedAccount,
  receipt: Receipt,
): Promise<Delivered> {
  switch (receipt.outcome) {
    case 'accepted':
      await settleAccepted(message, receipt.providerMessageId, { at: Date.now() }, !channel.manifest.echoesReference);
      return DONE;
    case 'unknown':
      return awaitVerdict(message, receipt.detail);
    case 'refused':
      return receipt.retryable || (await hasNewCredentials(channel, message, account, receipt.error))
        ? tryAgain(message, receipt)
        : fail(message, receipt.error);
  }
}

/** A provider may take credentials back before their time; a message is given one chance with new ones. */
async function hasNewCredentials(
  channel: Channel,
  message: Message,
  account: ConnectedAccount,
  error: SendError,
): Promise<boolean> {
  return error.class === 'auth' && message.attempt === 1 && (await renew(channel, account)) !== 'failed';
}

async function tryAgain(
  message: Message,
  { error, retryAfterMs }: Extract<Receipt, { outcome: 'refused' }>,
): Promise<Delivered> {
  const limited = error.class === 'rate_limited';
  if (!limited && message.attempt >= MOST_ATTEMPTS) return fail(message, { ...error, permanent: true });
  await releaseClaim(message, { nextAttempt: !limited, now: Date.now() });
  return { outcome: 'later', afterMs: retryAfterMs ?? backoff(message.attempt) };
}

/** 2 s, 4 s, 8 s …, each up to half as long again, so that many do not come back at once. */
function backoff(attempt: number): number {
  return 1000 * 2 ** attempt * (1 + Math.random() / 2);
}

async function fail(message: Message, error: SendError): Promise<Delivered> {
  await markMessage(message.organizationId, message, 'failed', { at: Date.now(), error });
  return DONE;
}

async function awaitVerdict(message: Message, detail: string): Promise<Delivered> {
  const error: SendError = { code: 'unknown_outcome', class: 'unknown_outcome', message: UNKNOWN, permanent: false };
  await markMessage(message.organizationId, message, 'unknown', { at: Date.now(), detail, error }, { due: 'verdict' });
  return DONE;
}

const UNKNOWN =
  'The provider did not say whether it took the message. It is not sent again; a receipt from the provider will settle it.';

/** Switched off after the message was accepted: a scheduled message, for one. */
const inactive: SendError = {
  code: 'channel_inactive',
  class: 'account_restricted',
  message: 'The channel account was switched off before the message left. Switch it on and send again.',
  permanent: true,
};

const noAccount: SendError = {
  code: 'no_account',
  class: 'auth',
  message: 'The channel account this message was to leave from no longer exists.',
  permanent: true,
};
