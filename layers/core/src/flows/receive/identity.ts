import type { InboundEvent } from '../../channels/contract.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { identityKey } from '../../domain/contact.ts';
import type { Identity } from '../../domain/contact.ts';
import { contactIdOf, conversationIdOf } from '../../domain/id.ts';
import { resolveAlias, saveAlias } from '../../store/aliases.ts';
import { addIdentity } from '../../store/contacts.ts';
import { moveConversation } from '../../store/conversations.ts';

/**
 * A person or group goes by another identity from now on. Who writes under the new one is the contact of the old one, and what is
 * sent to the old conversation goes to the new address.
 */
export async function receiveIdentity(
  { from, to }: Extract<InboundEvent, { kind: 'identity' }>,
  account: ChannelAccount,
): Promise<void> {
  const { organizationId } = account;
  const first: Identity = (await resolveAlias(organizationId, from)) ?? from;
  if (identityKey(first) === identityKey(to)) return;
  const now = Date.now();
  await saveAlias(organizationId, to, first);
  await addIdentity(organizationId, contactIdOf(organizationId, identityKey(first)), to, now);
  await moveConversation(organizationId, conversationIdOf(account.id, identityKey(first)), { from, to }, now);
}
