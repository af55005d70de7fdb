import { eventOf } from './body.ts';
import type { Body, BodyType } from './body.ts';
import type { ChannelName } from './channel.ts';
import { compact } from './compact.ts';
import type { Counterparty } from './contact.ts';
import type { ChannelAccountId, ContactId, ConversationId, OrganizationId } from './id.ts';
import type { Direction } from './message.ts';

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
  /** what the newest message is, so that a list can say it where there are no words; left out of what was stored before there was such a thing */
  lastMessage?: MessageKind;
  /** when the customer's newest message reached us: what a provider's window is counted from */
  lastInboundAt?: number;
  /** messages that reached us up to here have been read by an agent */
  readAt: number;
  createdAt: number;
  updatedAt: number;
}

/** What kind of message something is, and whose. `event`: what a notice is about. */
export interface MessageKind {
  type: BodyType;
  direction: Direction;
  event?: string;
}

/** What kind of message this is. */
export function kindOf({ body, direction }: { body: Body; direction: Direction }): MessageKind {
  return { type: body.type, direction, ...compact({ event: eventOf(body) }) };
}
