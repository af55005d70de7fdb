import type { Channel } from '../../channels/contract.ts';
import { manifestOf } from '../../channels/manifests.ts';
import type { ChannelName } from '../../domain/channel.ts';
import type { Identity } from '../../domain/contact.ts';
import type { Message } from '../../domain/message.ts';
import { findConversation } from '../../store/conversations.ts';

/** By which of their identities someone is reached: any of them, or the newest address, where each takes the place of the one before. */
export function reachedBy(channel: ChannelName, identities: [Identity, ...Identity[]]): [Identity, ...Identity[]];
export function reachedBy(channel: ChannelName, identities: Identity[]): Identity[];
export function reachedBy(channel: ChannelName, identities: Identity[]): Identity[] {
  const { newestAddressHolds, address } = manifestOf(channel);
  const newest = newestAddressHolds ? identities.findLast(({ kind }) => kind === address) : undefined;
  return newest ? [newest] : identities;
}

/** A message to whom it is for by now: while it waited, a new address may have taken the place of the one that it was written to. */
export async function toNewestAddress({ manifest }: Channel, message: Message): Promise<Message> {
  if (!manifest.newestAddressHolds) return message;
  const counterparty = (await findConversation(message.organizationId, message.conversationId))?.counterparty;
  return counterparty ? { ...message, counterparty } : message;
}
