import { isHeld } from '../../domain/account-health.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { parseMessageId } from '../../domain/id.ts';
import type { MessageId } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import { connectedAccount, findAccount } from '../../store/channel-accounts.ts';
import { makeDue } from '../../store/message-changes.ts';
import { endWaiting, holdMessage, listWaiting } from '../../store/waiting.ts';
import { inParallel } from '../parallel.ts';

/**
 * Lets a message wait, still PENDING, until its account can send again. Whoever mends the account first writes that and then reads the
 * list; here the message first joins the list and then the account is read: one of the two finds the other.
 */
export async function hold(message: Message, options: { nextAttempt: boolean }): Promise<void> {
  await holdMessage(message, { ...options, now: Date.now() });
  const account = await findAccount(message.organizationId, message.channelAccountId);
  if (account && isHeld(account)) return;
  connectedAccount.forget(message.organizationId, message.channelAccountId);
  await goOn(message, message.id);
}

/** Everything that waits for an account goes on; within a conversation in the order it was written. Done again it does nothing new. */
export async function resume(account: Pick<ChannelAccount, 'organizationId' | 'id'>): Promise<void> {
  const waiting = await listWaiting(account.organizationId, account.id);
  const conversations = Map.groupBy(waiting, (id) => parseMessageId(id)?.conversationId);
  await inParallel([...conversations.values()], async (ids) => {
    for (const id of ids) {
      await goOn(account, id);
      await endWaiting(account.organizationId, account.id, id);
    }
  });
}

async function goOn({ organizationId }: Pick<ChannelAccount, 'organizationId'>, id: MessageId): Promise<void> {
  await makeDue(organizationId, id, { from: 'account', to: 'send', now: Date.now() });
}
