import type { Channel } from '../../channels/contract.ts';
import { nameContact } from '../../store/contacts.ts';
import { findConversation, nameConversation } from '../../store/conversations.ts';
import type { ProfileTask } from '../../store/queues.ts';
import { currentAccount } from '../accounts/renew.ts';

/**
 * Asks the provider who someone new is. A name that is not to be had (the person has not consented, or the provider does not say) is left
 * out; it may come with a later message. `tryAgain`: the conversation is only being written.
 */
export async function fetchProfile(
  load: (channel: string) => Promise<Channel>,
  { organizationId, conversationId }: ProfileTask,
): Promise<'done' | 'tryAgain'> {
  const conversation = await findConversation(organizationId, conversationId);
  if (!conversation) return 'tryAgain';
  const channel = await load(conversation.channel);
  const account = await currentAccount(channel, organizationId, conversation.channelAccountId);
  const name = account && (await channel.profile?.(conversation.counterparty, account))?.name;
  if (!name) return 'done';
  await nameContact(organizationId, conversation.contactId, name, Date.now());
  await nameConversation(organizationId, conversationId, name, Date.now());
  return 'done';
}
