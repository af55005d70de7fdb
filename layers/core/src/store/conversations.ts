import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { ChannelName } from '../domain/channel.ts';
import type { Counterparty } from '../domain/contact.ts';
import type { Conversation } from '../domain/conversation.ts';
import type { ChannelAccountId, ContactId, ConversationId, OrganizationId } from '../domain/id.ts';
import { fromAttributes } from './attributes.ts';
import { conversationKey, INBOX_INDEX, inboxKey, parseConversationPartition } from './keys.ts';
import { getItem, getItems, putItem, queryAll, updateItem } from './table.ts';
import type { Item } from './table.ts';

/** A conversation with the stream position up to which its messages have been counted into it. */
export interface ProjectedConversation extends Conversation {
  applied: string;
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
  readAt: number;
  applied: string;
  created: number;
  upd: number;
}

export async function findConversation(
  organization: OrganizationId,
  id: ConversationId,
): Promise<ProjectedConversation | undefined> {
  const item = await getItem(conversationKey(organization, id), { consistent: true });
  return item && fromConversationItem(item);
}

export async function findConversations(
  organization: OrganizationId,
  ids: ConversationId[],
  options?: { consistent?: boolean },
): Promise<ProjectedConversation[]> {
  const keys = ids.map((id) => conversationKey(organization, id));
  return (await getItems(keys, options)).map(fromConversationItem);
}

/** Writes what the projection made of a conversation. False: someone else changed it since it was read, so read it and project again. */
export async function saveProjection(
  next: ProjectedConversation,
  previous: ProjectedConversation | undefined,
): Promise<boolean> {
  const key = conversationKey(next.organizationId, next.id);
  if (!previous) return (await putItem(key, toConversationItem(next), { when: 'attribute_not_exists(#pk)' })).ok;
  const written = await updateItem(key, {
    set: {
      to: next.counterparty,
      contact: next.contactId,
      unread: next.unreadCount,
      last: next.lastMessageAt,
      preview: next.lastMessagePreview,
      applied: next.applied,
      upd: next.updatedAt,
      ...inboxKey(next.organizationId, next.lastMessageAt),
    },
    when: '#applied = :before AND #readAt = :readAt',
    values: { before: previous.applied, readAt: previous.readAt },
  });
  return written.ok;
}

/** An agent has seen everything that reached us up to `now`. Undefined when there is no such conversation. */
export async function markConversationRead(
  organization: OrganizationId,
  id: ConversationId,
  now: number,
): Promise<Conversation | undefined> {
  const written = await updateItem(conversationKey(organization, id), {
    set: { unread: 0, readAt: now, upd: now },
    when: 'attribute_exists(#pk)',
  });
  return written.ok ? fromConversationItem(written.item) : undefined;
}

/** An organization's conversations, newest first. Exact within each day; a day is read whole because the index sorts by day. */
export async function* listInbox(organization: OrganizationId): AsyncGenerator<Conversation> {
  let day: string | undefined;
  let ids: ConversationId[] = [];
  for await (const entry of queryAll({ partition: organization, index: inboxIndex, newestFirst: true })) {
    if (entry['inbox_day'] !== day) {
      yield* await newestFirst(organization, ids);
      ids = [];
      day = String(entry['inbox_day']);
    }
    ids.push(parseConversationPartition(String(entry['pk'])).conversationId);
  }
  yield* await newestFirst(organization, ids);
}

/** A conversation out of a stream record's image. */
export function fromConversationImage(image: Record<string, AttributeValue>): ProjectedConversation {
  return fromConversationItem(fromAttributes(image));
}

const inboxIndex = { name: INBOX_INDEX, partitionKey: 'inbox_pk', sortKey: 'inbox_day' };

async function newestFirst(organization: OrganizationId, ids: ConversationId[]): Promise<Conversation[]> {
  const conversations = await findConversations(organization, ids);
  return conversations.toSorted((a, b) => b.lastMessageAt - a.lastMessageAt || (a.id < b.id ? 1 : -1));
}

function toConversationItem(conversation: ProjectedConversation): Item {
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
    readAt: conversation.readAt,
    applied: conversation.applied,
    created: conversation.createdAt,
    upd: conversation.updatedAt,
    ...inboxKey(conversation.organizationId, conversation.lastMessageAt),
  };
}

function fromConversationItem(raw: Item): ProjectedConversation {
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
    ...(item.assignee === undefined ? {} : { assigneeId: item.assignee }),
  };
}
