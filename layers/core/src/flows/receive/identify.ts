import type { Channel } from '../../channels/contract.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import type { Counterparty, Identity } from '../../domain/contact.ts';
import { identityKey } from '../../domain/contact.ts';
import { conversationIdOf } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import { resolveAlias } from '../../store/aliases.ts';
import { findRecent } from '../../store/messages.ts';

/**
 * The identity that keys a person's conversation and contact. A person has an address (a phone number) and may have further names that
 * outlive it (a BSUID, a LID). The address keys; where it is missing, the identity by which the name was first known does. That is a read,
 * so it is made only where it has to be: a message that brings its address costs none, unless the channel's addresses come late.
 */
export async function keyIdentity(
  channel: Channel,
  { identities }: Counterparty,
  account: ChannelAccount,
): Promise<Identity> {
  const { address, addressComesLate } = channel.manifest;
  const own = identities.find(({ kind }) => kind === address);
  const names = identities.filter(({ kind }) => kind !== address && kind !== 'group');
  const moved = identities.filter((identity) => channel.mayHaveMoved?.(identity));
  for (const identity of own && !addressComesLate ? moved : [...moved, ...names]) {
    const first = await resolveAlias(account.organizationId, identity);
    if (first) return first;
  }
  return own ?? identities[0];
}

/** A recent message by the provider's id, in the conversation of this identity, or in that of the person who has taken it for a new number. */
export async function messageWith(
  channel: Channel,
  identity: Identity,
  account: ChannelAccount,
  providerMessageId: string,
): Promise<Message | undefined> {
  const { id, organizationId } = account;
  const look = async (key: Identity): Promise<Message | undefined> =>
    (await findRecent(organizationId, conversationIdOf(id, identityKey(key)), { providerMessageId }))[0];
  const found = await look(identity);
  if (found || !channel.manifest.numbersMove) return found;
  const first = await resolveAlias(organizationId, identity);
  return first && look(first);
}
