import type { Identity } from '../domain/contact.ts';
import type { OrganizationId } from '../domain/id.ts';
import { aliasKey } from './keys/contacts.ts';
import { getItem, updateItem } from './table.ts';

/**
 * Ties an identity to the one its contact was first known by, from which the contact's ids are derived. Answers what it was tied to before, if to another.
 * `since` (ms): from then on the person writes under this identity in place of another.
 */
export async function saveAlias(
  organization: OrganizationId,
  identity: Identity,
  first: Identity,
  since?: number,
): Promise<Identity | undefined> {
  const written = await updateItem(aliasKey(organization, identity), {
    set: { first, since },
    when: 'attribute_not_exists(#pk) OR #first = :same',
    values: { same: first },
  });
  return written.ok ? undefined : (written.current?.['first'] as Identity | undefined);
}

/** Ties a name to another identity than before. An address leads to itself, so it has no alias. */
export async function retieAlias(
  organization: OrganizationId,
  identity: Identity,
  first: Identity,
  since?: number,
): Promise<void> {
  await updateItem(aliasKey(organization, identity), { set: { first, since }, when: 'attribute_exists(#pk)' });
}

/** The identity that a contact was first known by, when this one is only an alias of it. */
export async function resolveAlias(organization: OrganizationId, identity: Identity): Promise<Identity | undefined> {
  const item = await getItem(aliasKey(organization, identity));
  return item?.['first'] as Identity | undefined;
}

/** Whose number this is now, and since when (ms), where a person took it in place of another. */
export async function findMove(
  organization: OrganizationId,
  identity: Identity,
): Promise<{ first: Identity; since: number } | undefined> {
  const item = await getItem(aliasKey(organization, identity), { consistent: true });
  return item?.['since'] === undefined ? undefined : { first: item['first'] as Identity, since: Number(item['since']) };
}
