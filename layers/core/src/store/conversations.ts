import { identityKey } from '../domain/contact.ts';
import type { Identity } from '../domain/contact.ts';
import type { Conversation, MessageKind } from '../domain/conversation.ts';
import type { ContactId, ConversationId, OrganizationId } from '../domain/id.ts';
import type { Naming } from './contacts.ts';
import { fromConversationItem, toConversationItem } from './conversation-item.ts';
import type { ProjectedConversation } from './conversation-item.ts';
import type { Item } from './attributes.ts';
import { ABSENT } from './expressions.ts';
import type { Update } from './expressions.ts';
import { readTogether } from './joined-reads.ts';
import { conversationKey, INBOX_INDEX, inboxKey, parseConversationPartition } from './keys/conversations.ts';
import { deleteItem, getItem, getItems, putItem, queryAll, updateItem } from './table.ts';
import type { Written } from './table.ts';

/** As it is now. */
export async function findConversation(
  organization: OrganizationId,
  id: ConversationId,
): Promise<ProjectedConversation | undefined> {
  const item = await getItem(conversationKey(organization, id), { consistent: true });
  return item && fromConversationItem(item);
}

/** As it may have been a moment ago, for half the price, and by one call with what else is read in that moment. */
export async function glimpseConversation(
  organization: OrganizationId,
  id: ConversationId,
): Promise<ProjectedConversation | undefined> {
  const [item] = await readTogether([conversationKey(organization, id)]);
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
    const created = await putItem(key, toConversationItem(next), ABSENT);
    return created.ok ? next : undefined;
  }
  const written = await updateItem(key, {
    set: {
      to: next.counterparty,
      contact: next.contactId,
      unread: next.unreadCount,
      last: next.lastMessageAt,
      preview: next.lastMessagePreview,
      kind: next.lastMessage,
      inbound: next.lastInboundAt,
      applied: next.applied,
      upd: next.updatedAt,
      told: true,
      ...inboxKey(next.organizationId, next.lastMessageAt),
    },
    when: '#applied = :before AND #readAt = :readAt AND #to = :heard',
    values: { before: previous.applied, readAt: previous.readAt, heard: previous.counterparty },
  });
  return written.ok ? fromConversationItem(written.item) : undefined;
}

/** Says of a conversation that messages of it are held, or that none are. False: there is no such conversation yet. */
export async function setHeld(organization: OrganizationId, id: ConversationId, hasHeld: boolean): Promise<boolean> {
  const written = await change(organization, id, {
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
  const written = await change(organization, id, {
    set: { unread: 0, readAt: now, upd: now },
    when: 'attribute_exists(#pk)',
  });
  return written.ok ? fromConversationItem(written.item) : undefined;
}

/** The message that reached us at `of` says something else now: so does the list, if that message is still the newest. */
export async function setPreview(
  organization: OrganizationId,
  id: ConversationId,
  { of, preview, kind }: { of: number; preview: string; kind: MessageKind },
): Promise<void> {
  await change(organization, id, {
    set: { preview, kind, upd: Date.now() },
    when: '#last = :of',
    values: { of },
  });
}

/** What was newest in a conversation lies elsewhere, with all that follows under its number: this is what is left, and read. */
export async function leaveConversation(
  organization: OrganizationId,
  id: ConversationId,
  newest: { lastMessageAt: number; preview: string; kind: MessageKind },
): Promise<void> {
  const { lastMessageAt: last, preview, kind } = newest;
  await change(organization, id, {
    set: { left: true, last, preview, kind, unread: 0, upd: Date.now(), ...inboxKey(organization, last) },
    when: 'attribute_exists(#pk)',
  });
}

/** A conversation of which nothing is left. */
export async function dropConversation(organization: OrganizationId, id: ConversationId): Promise<void> {
  await deleteItem(conversationKey(organization, id));
}

/** A conversation belongs to another contact from now on. */
export async function giveConversation(organization: OrganizationId, id: string, contact: ContactId): Promise<void> {
  await change(organization, id as ConversationId, {
    set: { contact, upd: Date.now() },
    when: 'attribute_exists(#pk)',
  });
}

/** Names the counterparty of a conversation, where it has no name yet or is renamed. */
export async function nameConversation(
  organization: OrganizationId,
  id: ConversationId,
  { name, renamed, now }: Naming,
): Promise<void> {
  await change(organization, id, {
    set: { upd: now },
    also: '#to.#name = :name',
    when: renamed ? 'attribute_exists(#pk)' : 'attribute_exists(#pk) AND attribute_not_exists(#to.#name)',
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
  const written = await change(organization, id, {
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

const inboxIndex = { name: INBOX_INDEX, partitionKey: 'inbox_pk', sortKey: 'inbox_day' };

async function newestFirst(organization: OrganizationId, ids: ConversationId[]): Promise<Conversation[]> {
  const conversations = await findConversations(organization, ids);
  return conversations.toSorted((a, b) => b.lastMessageAt - a.lastMessageAt || (a.id < b.id ? 1 : -1));
}

/** A change that no message makes: the projection hears of it. What it writes itself it tells of itself, and `told` says so to the filter of its records. */
function change(organization: OrganizationId, id: ConversationId, update: Update): Promise<Written<Item>> {
  return updateItem(conversationKey(organization, id), { ...update, remove: [...(update.remove ?? []), 'told'] });
}
