import type { InboundEvent } from '../../channels/contract.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { identityKey } from '../../domain/contact.ts';
import type { Identity } from '../../domain/contact.ts';
import { contactIdOf, conversationIdOf } from '../../domain/id.ts';
import { resolveAlias, retieAlias, saveAlias } from '../../store/aliases.ts';
import { addIdentity } from '../../store/contacts.ts';
import { moveConversation } from '../../store/conversations.ts';

/**
 * A person or group goes by another identity from now on. Who writes under the new one is the contact of the old one, and what is
 * sent to the old conversation goes to the new address.
 */
export async function receiveIdentity(
  { from, to, at }: Extract<InboundEvent, { kind: 'identity' }>,
  account: ChannelAccount,
): Promise<void> {
  const { organizationId } = account;
  const first: Identity = (await resolveAlias(organizationId, from)) ?? from;
  const isFirst = identityKey(first) === identityKey(to);
  // who comes back to their first number is written to there again
  if (isFirst && at === undefined) return;
  const now = Date.now();
  if (!isFirst) await tie(account, { first, to, at }, now);
  await moveConversation(organizationId, conversationIdOf(account.id, identityKey(first)), { from, to }, now);
  if (!isFirst && at !== undefined)
    await (await import('./moved-number.ts')).takeOver(account, to, { first, since: at });
}

/** A number that was somebody else's by then is this person's now. */
async function tie(
  { organizationId }: ChannelAccount,
  { first, to, at }: { first: Identity; to: Identity; at: number | undefined },
  now: number,
): Promise<void> {
  const other = await saveAlias(organizationId, to, first, at);
  if (other && at !== undefined) await retieAlias(organizationId, to, first, at);
  await addIdentity(organizationId, contactIdOf(organizationId, identityKey(first)), to, now);
}
