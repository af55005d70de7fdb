import type { Identity } from '../domain/contact.ts';
import type { OrganizationId } from '../domain/id.ts';
import { aliasKey } from './keys.ts';
import { getItem, putItem, updateItem } from './table.ts';

/** Ties an identity to the one its contact was first known by, from which the contact's ids are derived. Answers what it was tied to before, if to another. */
export async function saveAlias(
  organization: OrganizationId,
  identity: Identity,
  first: Identity,
): Promise<Identity | undefined> {
  const key = aliasKey(organization, identity);
  const written = await putItem(
    key,
    { first },
    { when: 'attribute_not_exists(#pk) OR #first = :first', values: { first } },
  );
  return written.ok ? undefined : (written.current?.['first'] as Identity | undefined);
}

/** Ties a name to another identity than before. An address leads to itself, so it has no alias. */
export async function retieAlias(organization: OrganizationId, identity: Identity, first: Identity): Promise<void> {
  await updateItem(aliasKey(organization, identity), { set: { first }, when: 'attribute_exists(#pk)' });
}

/** The identity that a contact was first known by, when this one is only an alias of it. */
export async function resolveAlias(organization: OrganizationId, identity: Identity): Promise<Identity | undefined> {
  const item = await getItem(aliasKey(organization, identity));
  return item?.['first'] as Identity | undefined;
}
