import { identityKey } from '@parley/core/domain/contact.ts';
import type { Identity } from '@parley/core/domain/contact.ts';
import { contactIdOf, conversationIdOf, newMessageId } from '@parley/core/domain/id.ts';
import type { ChannelAccount } from '@parley/core/domain/channel-account.ts';
import type { Message } from '@parley/core/domain/message.ts';

/** A message between an account and a customer, as the store has it: a text to them, unless `more` says otherwise. */
export function messageOf(
  { id: channelAccountId, organizationId, channel }: Pick<ChannelAccount, 'id' | 'organizationId' | 'channel'>,
  customer: Identity,
  more: Partial<Message> = {},
): Message {
  const identity = identityKey(customer);
  const conversationId = conversationIdOf(channelAccountId, identity);
  const now = Date.now();
  return {
    id: newMessageId(conversationId),
    organizationId,
    conversationId,
    contactId: contactIdOf(organizationId, identity),
    channel,
    channelAccountId,
    direction: 'OUTBOUND',
    counterparty: { identities: [customer] },
    body: { type: 'text', text: 'x' },
    attempt: 1,
    progress: {},
    storedAt: now,
    updatedAt: now,
    ...more,
  };
}
