import type { Counterparty } from '../../domain/contact.ts';
import { derivedMessageId } from '../../domain/id.ts';
import type { ChannelAccountId, ContactId, ConversationId, OrganizationId } from '../../domain/id.ts';
import type { ChannelName } from '../../domain/channel.ts';
import { storeMessage } from '../../store/messages.ts';

/** Where a note goes. `at` (ms) places it in the conversation; notes of one name and time are one. */
export interface NotePlace {
  organizationId: OrganizationId;
  conversationId: ConversationId;
  contactId: ContactId;
  channel: ChannelName;
  channelAccountId: ChannelAccountId;
  counterparty: Counterparty;
  at: number;
  name: string;
}

/** Tells the agents, in the conversation, what followed from what the customer did. Written again it is the same note. */
export async function noteWish(
  { at, name, ...place }: NotePlace,
  event: 'opted_out' | 'opted_in',
  text: string,
  storedAt: number,
): Promise<void> {
  await storeMessage({
    ...place,
    id: derivedMessageId(place.conversationId, at, `${event}#${name}`),
    direction: 'INBOUND',
    body: { type: 'system', event, text },
    attempt: 1,
    progress: { delivered: { at: storedAt } },
    storedAt,
    updatedAt: storedAt,
  });
}
