import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { ChannelName } from '../domain/channel.ts';
import { identityKey } from '../domain/contact.ts';
import type { Counterparty, Identity } from '../domain/contact.ts';
import type { Conversation } from '../domain/conversation.ts';
import type { ChannelAccountId, ContactId, ConversationId, OrganizationId } from '../domain/id.ts';
import { fromAttributes } from './attributes.ts';
import { conversationKey, INBOX_INDEX, inboxKey, parseConversationPartition } from './keys.ts';
import { getItem, getItems, putItem, queryAll, updateItem } from './table.ts';
import type { Item } from './table.ts';

/** A conversation with the stream position up to which its messages have been counted into it. */
export interface ProjectedConversation extends Conversation {
  applied: string;
  /** messages are held until the customer writes again */
  hasHeld?: true;
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
  inbound?: number;
  readAt: number;
  applied: string;
  held?: true;
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

/** Writes what the projection made of a conversation; answers the conversation as it is then. Undefined: someone else changed it since it was read, so read it and project again. */
export async function saveProjection(
  next: ProjectedConversation,
  previous: ProjectedConversation | undefined,
): Promise<ProjectedConversation | undefined> {
  const key = conversationKey(next.organizationId, next.id);
  if (!previous) {
    const created = await putItem(key, toConversationItem(next), { when: 'attribute_not_exists(#pk)' });
    return created.ok ? next : undefined;
  }
  const written = await updateItem(key, {
    set: {
      to: next.counterparty,
      contact: next.contactId,
      unread: next.unreadCount,
      last: next.lastMessageAt,
      preview: next.lastMessagePreview,
      inbound: next.lastInboundAt,
      applied: next.applied,
      upd: next.updatedAt,
      ...inboxKey(next.organizationId, next.lastMessageAt),
    },
    when: '#applied = :before AND #readAt = :readAt AND #to = :heard',
    values: { before: previous.applied, readAt: previous.readAt, heard: previous.counterparty },
  });
  return written.ok ? fromConversationItem(written.item) : undefined;
}

/** Says of a conversation that messages of it are held, or that none are. False: there is no such conversation yet. */
export async function setHeld(organization: OrganizationId, id: ConversationId, hasHeld: boolean): Promise<boolean> {
  const written = await updateItem(conversationKey(organization, id), {
    ...(hasHeld ? { set: { held: true } } : { remove: ['held'] }),
    when: 'attribute_exists(#pk)',
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

/** The message that reached us at `of` says something else now: so does the preview, if that message is still the newest. */
export async function setPreview(
  organization: OrganizationId,
  id: ConversationId,
  { of, preview }: { of: number; preview: string },
): Promise<void> {
  await updateItem(conversationKey(organization, id), {
    set: { preview, upd: Date.now() },
    when: '#last = :of',
    values: { of },
  });
}

/** A conversation belongs to another contact from now on. */
export async function giveConversation(organization: OrganizationId, id: string, contact: ContactId): Promise<void> {
  await updateItem(conversationKey(organization, id as ConversationId), {
    set: { contact, upd: Date.now() },
    when: 'attribute_exists(#pk)',
  });
}

/** Names the counterparty of a conversation, where it has no name yet. */
export async function nameConversation(
  organization: OrganizationId,
  id: ConversationId,
  name: string,
  now: number,
): Promise<void> {
  await updateItem(conversationKey(organization, id), {
    set: { upd: now },
    also: '#to.#name = :name',
    when: 'attribute_exists(#pk) AND attribute_not_exists(#to.#name)',
    values: { name },
  });
}

/** What is sent to this conversation goes to `to` from now on, in place of `from`. Done again it changes nothing. */
export async function moveConversation(
  organization: OrganizationId,
  id: ConversationId,
  { from, to }: { from: Identity; to: Identity },
  now: number,
): Promise<void> {
  const conversation = await findConversation(organization, id);
  if (!conversation) return;
  const [moved, left] = [identityKey(to), identityKey(from)];
  const others = conversation.counterparty.identities.filter((each) => ![moved, left].includes(identityKey(each)));
  const written = await updateItem(conversationKey(organization, id), {
    set: { to: { ...conversation.counterparty, identities: [to, ...others, from] }, upd: now },
    when: '#applied = :applied',
    values: { applied: conversation.applied },
  });
  if (!written.ok) await moveConversation(organization, id, { from, to }, now);
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
    inbound: conversation.lastInboundAt,
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
    ...(item.inbound === undefined ? {} : { lastInboundAt: item.inbound }),
    ...(item.held === undefined ? {} : { hasHeld: item.held }),
    ...(item.assignee === undefined ? {} : { assigneeId: item.assignee }),
  };
}
