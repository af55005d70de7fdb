import { joinIdentities } from '../domain/contact.ts';
import type { Contact, Identity } from '../domain/contact.ts';
import type { ContactId, ConversationId, OrganizationId } from '../domain/id.ts';
import { aliasKey, contactKey, contactPartition } from './keys.ts';
import { getItem, getItems, putItem, queryAll, updateItem } from './table.ts';
import type { Item } from './table.ts';

interface ContactItem {
  pk: string;
  sk: ContactId;
  name?: string;
  identities: Identity[];
  conversations: Set<string>;
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
  const written = await putItem(key, fresh, { when: 'attribute_not_exists(#pk)' });
  if (written.ok || !written.current) return;
  await addToContact(contact, written.current as unknown as ContactItem);
}

/** Ties further identities of a contact to its first one, from which its ids are derived. */
export async function saveAliases(
  organization: OrganizationId,
  [first, ...rest]: [Identity, ...Identity[]],
): Promise<void> {
  await Promise.all(rest.map((identity) => putItem(aliasKey(organization, identity), { first })));
}

/** The identity that a contact was first known by, when this one is only an alias of it. */
export async function resolveAlias(organization: OrganizationId, identity: Identity): Promise<Identity | undefined> {
  const item = await getItem(aliasKey(organization, identity));
  return item?.['first'] as Identity | undefined;
}

export async function findContact(organization: OrganizationId, id: ContactId): Promise<Contact | undefined> {
  const item = await getItem(contactKey(organization, id));
  return item && fromContactItem(organization, item);
}

export async function findContacts(organization: OrganizationId, ids: ContactId[]): Promise<Contact[]> {
  const items = await getItems(ids.map((id) => contactKey(organization, id)));
  return items.map((item) => fromContactItem(organization, item));
}

export async function* listContacts(organization: OrganizationId): AsyncGenerator<Contact> {
  for await (const item of queryAll({ partition: contactPartition(organization) }))
    yield fromContactItem(organization, item);
}

async function addToContact(contact: Parameters<typeof saveContact>[0], known: ContactItem): Promise<void> {
  const identities = joinIdentities(known.identities, contact.identities);
  const changed =
    identities.length > known.identities.length ||
    !known.conversations.has(contact.conversationId) ||
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
    conversationIds: [...item.conversations],
    createdAt: item.created,
    updatedAt: item.upd,
    ...(item.name === undefined ? {} : { name: item.name }),
  };
}
