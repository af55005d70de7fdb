import type { Body } from './body.ts';
import type { ChannelName } from './channel.ts';
import type { Counterparty } from './contact.ts';
import type { ChannelAccountId, ContactId, ConversationId, MessageId, OrganizationId } from './id.ts';
import type { Progress } from './status.ts';

export type Direction = 'INBOUND' | 'OUTBOUND';

/** One message of one conversation. Times are milliseconds since the epoch; the creation time is in the id. */
export interface Message {
  id: MessageId;
  organizationId: OrganizationId;
  conversationId: ConversationId;
  contactId: ContactId;
  channel: ChannelName;
  channelAccountId: ChannelAccountId;
  direction: Direction;
  counterparty: Counterparty;
  body: Body;
  /** counts from 1; a new attempt starts with an empty progress */
  attempt: number;
  progress: Progress;
  providerMessageId?: string;
  clientRef?: string;
  replyToId?: MessageId;
  scheduledAt?: number;
  /** when this attempt was claimed by a sender; without a mark beyond it the outcome is not known */
  claimedAt?: number;
  /** when we stored it: differs from the creation time of a received message by its travel time */
  storedAt: number;
  updatedAt: number;
}
