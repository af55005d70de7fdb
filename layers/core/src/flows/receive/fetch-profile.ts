import type { LoadChannel } from '../../channels/registry.ts';
import { nameContact } from '../../store/contacts.ts';
import { findConversation, nameConversation } from '../../store/conversations.ts';
import type { ProfileTask } from '../../store/queues.ts';
import { currentAccount } from '../accounts/renew.ts';

/** A provider that does not answer is asked so often. */
const MOST_ASKED = 8;

/**
 * Asks the provider who someone new is, or what a group is called. A name that is not to be had (the person has not consented, or the provider does not
 * say) is left out; it may come with a later message. `tryAgain`: the conversation is only being written, or the provider could not be asked.
 */
export async function fetchProfile(
  load: LoadChannel,
  { organizationId, conversationId }: ProfileTask,
  tries: number,
): Promise<'done' | 'tryAgain'> {
  const conversation = await findConversation(organizationId, conversationId);
  if (!conversation) return 'tryAgain';
  const channel = await load(conversation.channel);
  const account = await currentAccount(channel, organizationId, conversation.channelAccountId);
  const profile = account && (await channel.profile?.(conversation.counterparty, account));
  if (profile === 'later') return tries < MOST_ASKED ? 'tryAgain' : 'done';
  if (!profile?.name) return 'done';
  const named = { name: profile.name, now: Date.now() };
  await nameContact(organizationId, conversation.contactId, named);
  await nameConversation(organizationId, conversationId, named);
  return 'done';
}
