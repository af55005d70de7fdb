import { compact } from '../domain/compact.ts';
import { joinIdentities } from '../domain/contact.ts';
import type { Contact, Identity } from '../domain/contact.ts';
import type { ContactId, ConversationId, OrganizationId } from '../domain/id.ts';
import { ABSENT } from './expressions.ts';
import { contactKey, contactPartition } from './keys/contacts.ts';
import { getItem, getItems, putItem, queryAll, updateItem } from './table.ts';
import type { Item } from './attributes.ts';

interface ContactItem {
  pk: string;
  sk: ContactId;
  name?: string;
  identities: Identity[];
  /** none: only a name has been told of them */
  conversations?: Set<string>;
  created: number;
  upd: number;
}

/** Makes the contact known with one more conversation; what is already known of it stays. */
export async function saveContact(
  contact: Omit<Contact, 'conversationIds'> & { conversationId: ConversationId },
): Promise<void> {
  const key = contactKey(contact.organizationId, contact.id);
  const fresh = {
    name: contact.name,
    identities: contact.identities,
    conversations: new Set([contact.conversationId]),
    created: contact.createdAt,
    upd: contact.updatedAt,
  };
  const written = await putItem(key, fresh, ABSENT);
  if (written.ok || !written.current) return;
  await addToContact(contact, written.current as unknown as ContactItem);
}

/** Two contacts turn out to be one person: what is known of `from` goes over to `into`, and whoever asks for `from` is led there. */
export async function mergeContact(
  organization: OrganizationId,
  from: ContactId,
  into: ContactId,
  now: number,
): Promise<Contact | undefined> {
  const merged = await findContact(organization, from);
  const kept = await findContact(organization, into);
  if (!merged || !kept || merged.id === kept.id) return undefined;
  await updateItem(contactKey(organization, into), {
    set: { identities: joinIdentities(kept.identities, merged.identities), upd: now },
    ...(merged.name === undefined ? {} : { keep: { name: merged.name } }),
    add: { conversations: new Set(merged.conversationIds) },
  });
  await updateItem(contactKey(organization, from), { set: { into, upd: now } });
  return merged;
}

/** What a contact or a conversation is called, and whether another name it has by then makes way for that. */
export interface Naming {
  name: string;
  renamed?: boolean;
  now: number;
}

/** Names a contact that is known, where it has no name yet or is renamed. */
export async function nameContact(
  organization: OrganizationId,
  id: ContactId,
  { name, renamed, now }: Naming,
): Promise<void> {
  await updateItem(contactKey(organization, id), {
    set: { name, upd: now },
    when: renamed ? 'attribute_exists(#pk)' : 'attribute_exists(#pk) AND attribute_not_exists(#name)',
  });
}

/** Makes somebody known of whom there is a name and no conversation yet. What is known of them stays. */
export async function knowContact(
  organization: OrganizationId,
  id: ContactId,
  { identities, name, now }: { identities: Identity[] } & Naming,
): Promise<void> {
  await updateItem(contactKey(organization, id), { set: { upd: now }, keep: { name, identities, created: now } });
}

/** A contact is known by one more identity. */
export async function addIdentity(
  organization: OrganizationId,
  id: ContactId,
  identity: Identity,
  now: number,
): Promise<void> {
  const contact = await findContact(organization, id);
  if (!contact) return;
  const identities = joinIdentities(contact.identities, [identity]);
  await updateItem(contactKey(organization, id), { set: { identities, upd: now } });
}

export async function findContact(organization: OrganizationId, id: ContactId): Promise<Contact | undefined> {
  const item = await getItem(contactKey(organization, id));
  const into = item?.['into'] as ContactId | undefined;
  if (into !== undefined) return findContact(organization, into);
  return item && fromContactItem(organization, item);
}

export async function findContacts(organization: OrganizationId, ids: ContactId[]): Promise<Contact[]> {
  const items = await getItems(ids.map((id) => contactKey(organization, id)));
  const contacts = await Promise.all(items.map((item) => asAsked(organization, item)));
  return contacts.filter((contact) => contact !== undefined);
}

async function asAsked(organization: OrganizationId, item: Item): Promise<Contact | undefined> {
  const into = item['into'] as ContactId | undefined;
  return into === undefined
    ? fromContactItem(organization, item)
    : findMerged(organization, item['sk'] as ContactId, into);
}

/** What was merged into another is that other, under the name it was asked for by: messages of before still name it. */
async function findMerged(organization: OrganizationId, id: ContactId, into: ContactId): Promise<Contact | undefined> {
  const kept = await findContact(organization, into);
  return kept && { ...kept, id, mergedInto: kept.id };
}

export function listContacts(organization: OrganizationId): AsyncGenerator<Contact> {
  return listContactsAfter(organization, '');
}

/** In the order of their ids, those behind this one; the empty text lies before all. */
export async function* listContactsAfter(organization: OrganizationId, after: string): AsyncGenerator<Contact> {
  const range = after === '' ? {} : { from: after };
  for await (const item of queryAll({ partition: contactPartition(organization), ...range }))
    if (item['into'] === undefined && item['sk'] !== after) yield fromContactItem(organization, item);
}

async function addToContact(contact: Parameters<typeof saveContact>[0], known: ContactItem): Promise<void> {
  const identities = joinIdentities(known.identities, contact.identities);
  const changed =
    identities.length > known.identities.length ||
    !known.conversations?.has(contact.conversationId) ||
    (!known.name && contact.name);
  if (!changed) return;
  await updateItem(contactKey(contact.organizationId, contact.id), {
    set: { identities, upd: contact.updatedAt },
    ...(contact.name === undefined ? {} : { keep: { name: contact.name } }),
    add: { conversations: new Set([contact.conversationId]) },
  });
}

function fromContactItem(organizationId: OrganizationId, raw: Item): Contact {
  const item = raw as unknown as ContactItem;
  return {
    id: item.sk,
    organizationId,
    identities: item.identities,
    conversationIds: [...(item.conversations ?? [])],
    createdAt: item.created,
    updatedAt: item.upd,
    ...compact({ name: item.name }),
  };
}
