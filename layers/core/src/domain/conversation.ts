import type { ChannelName } from './channel.ts';
import type { Counterparty } from './contact.ts';
import type { ChannelAccountId, ContactId, ConversationId, OrganizationId } from './id.ts';

/** The thread of one channel account with one counterparty, summarised from its messages. */
export interface Conversation {
  id: ConversationId;
  organizationId: OrganizationId;
  contactId: ContactId;
  channel: ChannelName;
  channelAccountId: ChannelAccountId;
  counterparty: Counterparty;
  status: 'OPEN' | 'CLOSED';
  assigneeId?: string;
  unreadCount: number;
  /** when the newest message reached us */
  lastMessageAt: number;
  lastMessagePreview: string;
  /** when the customer's newest message reached us: what a provider's window is counted from */
  lastInboundAt?: number;
  /** messages that reached us up to here have been read by an agent */
  readAt: number;
  createdAt: number;
  updatedAt: number;
}
