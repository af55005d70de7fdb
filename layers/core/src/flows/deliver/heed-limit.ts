import type { Channel, Receipt } from '../../channels/contract.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import type { ChannelAccountId, ConversationId } from '../../domain/id.ts';
import { perSecondShown } from '../../domain/learnt-rate.ts';
import type { Message } from '../../domain/message.ts';
import { isByRateOnly } from '../../domain/pace.ts';
import { rushOf, stopAccount } from '../../store/pace.ts';
import { slowAccount } from '../../store/slow-account.ts';
import { observedRate } from '../accounts/free-sends.ts';
import { noteSlowdown } from '../accounts/health.ts';
import { paceNow } from './account-pace.ts';

/** Two recipients limited within this time: it is not they who get too much, but the account that sends too much. */
const TOGETHER_MS = 10_000;
const MOST_ACCOUNTS = 1000;

/** Whose rate was last too high, where the provider did not say whether it was theirs or the account's. */
const lastLimited = new Map<ChannelAccountId, { conversation: ConversationId; at: number }>();

/** A refused message, and where it was to leave from. */
interface Limited {
  channel: Pick<Channel, 'capabilities' | 'manifest'>;
  account: Pick<ChannelAccount, 'organizationId' | 'id' | 'settings' | 'health'>;
  message: Pick<Message, 'conversationId' | 'claimedAt'>;
}

type Refused = Extract<Receipt, { outcome: 'refused' }>;

/**
 * A provider that takes no more for a time is not asked again in that time, by any sender of the account, and then more slowly. A recipient's own limit needs no
 * word: their conversation waits behind its message; so does a template's. `bulk`: answers may still go. Answers to how many messages a second the account
 * has been slowed, if it is.
 */
export async function heedLimit(
  limited: Limited,
  { error, retryAfterMs, limit }: Refused,
): Promise<number | undefined> {
  const { account, message } = limited;
  const until = Date.now() + (retryAfterMs ?? 0);
  if (limit === 'bulk') await stopAccount(account.id, until, 'bulk');
  if (limit === 'bulk' || error.class !== 'rate_limited' || limit === 'recipient' || limit === 'template')
    return undefined;
  if (limit === 'unclear' && !isOfAccount(account.id, message.conversationId)) return undefined;
  return goSlower(limited, until);
}

/** Where nobody knows what an account may send, it is what it sent that was too much. One that is counted by the day, or spaced, is slow as it is. */
async function goSlower({ channel, account, message }: Limited, until: number): Promise<number | undefined> {
  const pace = await paceNow(channel, account, await rushOf(account.id));
  if (pace && !isByRateOnly(pace)) {
    await stopAccount(account.id, until);
    return undefined;
  }
  const full = pace?.perSecond ?? observedRate(account.id);
  const slowdown = await slowAccount(account.id, { full, askedAt: message.claimedAt ?? 0, until });
  if (slowdown) await noteSlowdown(account, slowdown);
  const known = slowdown ?? (await rushOf(account.id)).slowdown;
  return known && perSecondShown(known);
}

function isOfAccount(account: ChannelAccountId, conversation: ConversationId): boolean {
  const [last, at] = [lastLimited.get(account), Date.now()];
  if (lastLimited.size >= MOST_ACCOUNTS) lastLimited.clear();
  lastLimited.set(account, { conversation, at });
  return last !== undefined && last.conversation !== conversation && at - last.at < TOGETHER_MS;
}
