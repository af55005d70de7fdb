import { createHash } from 'node:crypto';
import type { OrganizationId } from '../domain/id.ts';
import { apiKeyKey, organizationKey } from './keys/organization.ts';
import { remembered } from './remembered.ts';
import { getItem, putItem, updateItem } from './table.ts';

export interface Organization {
  id: OrganizationId;
  name: string;
}

/** Its settings, where it has some, stay. */
export async function saveOrganization(organization: Organization): Promise<void> {
  await updateItem(organizationKey(organization.id), { set: { name: organization.name } });
}

/** What people call an organization. */
export const nameOfOrganization = remembered(async (id: OrganizationId): Promise<string | undefined> => {
  const item = await getItem(organizationKey(id));
  return item?.['name'] as string | undefined;
});

/** Only the hash of an API key is kept: whoever reads the table can't use it. */
export async function saveApiKey(organization: OrganizationId, key: string): Promise<void> {
  await putItem(apiKeyKey(hashOf(key)), { organization, created: Date.now() });
}

export function organizationOfApiKey(key: string): Promise<OrganizationId | undefined> {
  return organizationOfHash(hashOf(key));
}

const organizationOfHash = remembered(async (hash: string): Promise<OrganizationId | undefined> => {
  const item = await getItem(apiKeyKey(hash));
  return item?.['organization'] as OrganizationId | undefined;
});

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
