import type { InboundEvent } from '../../channels/contract.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { identityKey } from '../../domain/contact.ts';
import { contactIdOf, conversationIdOf } from '../../domain/id.ts';
import { resolveAlias } from '../../store/aliases.ts';
import { knowContact, nameContact } from '../../store/contacts.ts';
import { nameConversation } from '../../store/conversations.ts';

/**
 * What somebody is called. A person whose name is known keeps it; one who is not known yet becomes so, for the name may come before their first message.
 * A group is called what it is called last, and is only known once somebody writes in it.
 */
export async function receiveName(
  { counterparty, renamed }: Extract<InboundEvent, { kind: 'name' }>,
  { id: accountId, organizationId }: ChannelAccount,
): Promise<void> {
  const { identities, name } = counterparty;
  const first = (await resolveAlias(organizationId, identities[0])) ?? identities[0];
  const contactId = contactIdOf(organizationId, identityKey(first));
  const named = { name, now: Date.now(), renamed: renamed === true };
  if (renamed) await nameContact(organizationId, contactId, named);
  else await knowContact(organizationId, contactId, { identities: [first], ...named });
  await nameConversation(organizationId, conversationIdOf(accountId, identityKey(first)), named);
}
