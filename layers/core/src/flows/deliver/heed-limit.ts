import type { Receipt } from '../../channels/contract.ts';
import type { ChannelAccountId, ConversationId } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import { stopAccount } from '../../store/pace.ts';

/** Two recipients limited within this time: it is not they who get too much, but the account that sends too much. */
const TOGETHER_MS = 10_000;
const MOST_ACCOUNTS = 1000;

/** Whose rate was last too high, where the provider did not say whether it was theirs or the account's. */
const lastLimited = new Map<ChannelAccountId, { conversation: ConversationId; at: number }>();

/**
 * A provider that takes no more for a time is not asked again in that time, by any sender of the account. A recipient's own limit needs no word:
 * their conversation waits behind its message; so does a template's. `bulk`: answers may still go.
 */
export async function heedLimit(
  { channelAccountId, conversationId }: Message,
  { error, retryAfterMs, limit }: Extract<Receipt, { outcome: 'refused' }>,
): Promise<void> {
  if (retryAfterMs === undefined) return;
  const until = Date.now() + retryAfterMs;
  if (limit === 'bulk') return stopAccount(channelAccountId, until, 'bulk');
  if (error.class !== 'rate_limited' || limit === 'recipient' || limit === 'template') return;
  if (limit === 'unclear' && !isOfAccount(channelAccountId, conversationId)) return;
  await stopAccount(channelAccountId, until);
}

function isOfAccount(account: ChannelAccountId, conversation: ConversationId): boolean {
  const [last, at] = [lastLimited.get(account), Date.now()];
  if (lastLimited.size >= MOST_ACCOUNTS) lastLimited.clear();
  lastLimited.set(account, { conversation, at });
  return last !== undefined && last.conversation !== conversation && at - last.at < TOGETHER_MS;
}
