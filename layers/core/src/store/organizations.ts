import type { OrganizationId } from '../domain/id.ts';
import { ABSENT } from './expressions.ts';
import { ALL_ORGANIZATIONS, organizationKey, organizationNameKey } from './keys/organization.ts';
import { plain } from './plain.ts';
import { remembered } from './remembered.ts';
import { getItem, queryAll, writeTogether } from './table.ts';
import type { Item } from './attributes.ts';

export interface Organization {
  id: OrganizationId;
  name: string;
  /** ms */
  createdAt: number;
}

/** What people call an organization. */
export const nameOfOrganization = remembered(async (id: OrganizationId): Promise<string | undefined> => {
  const item = await getItem(organizationKey(id));
  return item?.['name'] as string | undefined;
});

/** Undefined also where there are only settings: those of an organization that a foreign issuer's tokens name and nobody made here. */
export async function findOrganization(id: OrganizationId): Promise<Organization | undefined> {
  const item = await getItem(organizationKey(id), { consistent: true });
  return item?.['name'] === undefined ? undefined : listed({ ...item, id });
}

export async function findOrganizationNamed(name: string): Promise<Organization | undefined> {
  const item = await getItem(nameKeyOf(name), { consistent: true });
  return item && listed(item);
}

/** Every organization of the deployment, by name. */
export async function listOrganizations(): Promise<Organization[]> {
  const organizations: Organization[] = [];
  for await (const item of queryAll({ partition: ALL_ORGANIZATIONS })) organizations.push(listed(item));
  return organizations;
}

/** False: another has its name. */
export async function insertOrganization(organization: Organization): Promise<boolean> {
  const { id, name, createdAt: created } = organization;
  const written = await writeTogether([
    claim(organization),
    { key: organizationKey(id), item: { name, created }, condition: ABSENT },
  ]);
  return written.ok;
}

/** Calls an organization otherwise, in its settings as well as in the list. `changed`: somebody else has just done so. */
export async function replaceName(before: Organization, name: string): Promise<'replaced' | 'taken' | 'changed'> {
  const after = { ...before, name };
  const own = { when: '#id = :id', values: { id: before.id } };
  const item = { set: { name }, when: '#name = :before', values: { before: before.name } };
  const isSameKey = plain(before.name) === plain(name);
  const listing = isSameKey
    ? [{ key: nameKeyOf(name), update: { set: { name }, ...own } }]
    : [claim(after), { key: nameKeyOf(before.name), remove: true as const, condition: own }];
  const written = await writeTogether([...listing, { key: organizationKey(before.id), update: item }]);
  nameOfOrganization.forget(before.id);
  if (written.ok) return 'replaced';
  return written.failed === 0 && !isSameKey ? 'taken' : 'changed';
}

function claim({ id, name, createdAt: created }: Organization) {
  return { key: nameKeyOf(name), item: { id, name, created }, condition: ABSENT };
}

function nameKeyOf(name: string) {
  return organizationNameKey(plain(name));
}

function listed({ id, name, created }: Item): Organization {
  return { id: id as OrganizationId, name: String(name), createdAt: Number(created) };
}
