import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { ChannelName } from '../domain/channel.ts';
import { compact } from '../domain/compact.ts';
import type { Counterparty } from '../domain/contact.ts';
import type { Conversation, MessageKind } from '../domain/conversation.ts';
import type { ChannelAccountId, ContactId } from '../domain/id.ts';
import { fromAttributes } from './attributes.ts';
import type { Item } from './attributes.ts';
import { inboxKey, parseConversationPartition } from './keys/conversations.ts';

/** A conversation with the stream position up to which its messages have been counted into it. */
export interface ProjectedConversation extends Conversation {
  applied: string;
  /** messages are held until the customer writes again */
  hasHeld?: true;
  /** whoever it was with has given up this number, and somebody else has it, whose messages lie elsewhere */
  isLeft?: true;
}

interface ConversationItem {
  pk: string;
  contact: ContactId;
  account: ChannelAccountId;
  channel: ChannelName;
  to: Counterparty;
  status: 'OPEN' | 'CLOSED';
  assignee?: string;
  unread: number;
  last: number;
  preview: string;
  kind?: MessageKind;
  inbound?: number;
  readAt: number;
  applied: string;
  held?: true;
  left?: true;
  /** the projection wrote it last, and told of it */
  told?: true;
  created: number;
  upd: number;
}

export function toConversationItem(conversation: ProjectedConversation): Item {
  return {
    contact: conversation.contactId,
    account: conversation.channelAccountId,
    channel: conversation.channel,
    to: conversation.counterparty,
    status: conversation.status,
    assignee: conversation.assigneeId,
    unread: conversation.unreadCount,
    last: conversation.lastMessageAt,
    preview: conversation.lastMessagePreview,
    kind: conversation.lastMessage,
    inbound: conversation.lastInboundAt,
    readAt: conversation.readAt,
    applied: conversation.applied,
    created: conversation.createdAt,
    upd: conversation.updatedAt,
    ...inboxKey(conversation.organizationId, conversation.lastMessageAt),
  };
}

export function fromConversationItem(raw: Item): ProjectedConversation {
  const item = raw as unknown as ConversationItem;
  const { organizationId, conversationId } = parseConversationPartition(item.pk);
  return {
    id: conversationId,
    organizationId,
    contactId: item.contact,
    channel: item.channel,
    channelAccountId: item.account,
    counterparty: item.to,
    status: item.status,
    unreadCount: item.unread,
    lastMessageAt: item.last,
    lastMessagePreview: item.preview,
    readAt: item.readAt,
    applied: item.applied,
    createdAt: item.created,
    updatedAt: item.upd,
    ...compact({
      lastMessage: item.kind,
      lastInboundAt: item.inbound,
      hasHeld: item.held,
      isLeft: item.left,
      assigneeId: item.assignee,
    }),
  };
}

/** A conversation out of a stream record's image. */
export function fromConversationImage(image: Record<string, AttributeValue>): ProjectedConversation {
  return fromConversationItem(fromAttributes(image));
}
