import { manifestOf } from '../../channels/manifests.ts';
import { compact } from '../../domain/compact.ts';
import { identityKey } from '../../domain/contact.ts';
import type { Identity } from '../../domain/contact.ts';
import type { Conversation } from '../../domain/conversation.ts';
import { contactIdOf } from '../../domain/id.ts';
import type { OrganizationId } from '../../domain/id.ts';
import { giveConversation } from '../../store/conversations.ts';
import { retieAlias, saveAlias } from '../../store/aliases.ts';
import { saveContact } from '../../store/contacts.ts';
import { queueProfile } from '../../store/queues.ts';
import { mergePeople } from './merge-people.ts';

/** The person behind a new conversation, or one of whom the provider now says more, becomes known. */
export async function introduce(next: Conversation, known: Conversation | undefined): Promise<void> {
  const { identities, name } = next.counterparty;
  await saveContact({
    id: next.contactId,
    organizationId: next.organizationId,
    identities,
    conversationId: next.id,
    createdAt: next.createdAt,
    updatedAt: next.updatedAt,
    ...compact({ name }),
  });
  await saveAliases(next);
  if (!known && name === undefined && canBeAsked(next)) await queueProfile(next);
}

/** Whether the provider can tell what this person, or this group, is called. */
function canBeAsked({ channel, counterparty }: Conversation): boolean {
  const { tellsProfiles } = manifestOf(channel);
  return tellsProfiles === true || (tellsProfiles === 'groups' && counterparty.identities[0].kind === 'group');
}

/** Every name that is no address leads to the identity that keys the contact; an address that is not the key does as well. */
async function saveAliases({ organizationId, contactId, channel, counterparty }: Conversation): Promise<void> {
  const { address } = manifestOf(channel);
  const first = counterparty.identities.find((each) => contactIdOf(organizationId, identityKey(each)) === contactId);
  if (!first) return;
  const names = counterparty.identities.filter((each) => each !== first || each.kind !== address);
  const before = await Promise.all(names.map((each) => saveAlias(organizationId, each, first)));
  for (const other of before) if (other) await merge(organizationId, other, first);
}

/** Someone known by a name alone turns out to be who this address belongs to. */
async function merge(organization: OrganizationId, other: Identity, first: Identity): Promise<void> {
  const merged = await mergePeople(organization, other, first);
  if (!merged) return;
  for (const identity of merged.identities) await retieAlias(organization, identity, first);
  for (const conversation of merged.conversationIds)
    await giveConversation(organization, conversation, contactIdOf(organization, identityKey(first)));
}
