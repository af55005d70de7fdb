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
  /** what only this channel knows of how to send it */
  options?: Record<string, unknown>;
  /** the message it passes on */
  forwardOfId?: MessageId;
  /** how the body differs from what was asked for, because the channel can't send that */
  degraded?: string;
  /** when its words were changed, or taken back */
  editedAt?: number;
  deletedAt?: number;
  /** when this attempt was claimed by a sender; without a mark beyond it the outcome is not known */
  claimedAt?: number;
  /** when we stored it: differs from the creation time of a received message by its travel time */
  storedAt: number;
  updatedAt: number;
}
