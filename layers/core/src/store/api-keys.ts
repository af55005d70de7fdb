import { createHash } from 'node:crypto';
import type { ApiKeyId, OrganizationId } from '../domain/id.ts';
import { apiKeyKey, apiKeysPartition, listedApiKeyKey } from './keys/organization.ts';
import { KEEP_MS, remembered } from './remembered.ts';
import { getItem, queryAll, writeTogether } from './table.ts';

/** For so long (s) a function that has seen a key takes it after it was revoked. */
export const REMEMBERED_S = KEEP_MS / 1000;

/** What is told of an API key once it has been given out. */
export interface ApiKey {
  id: ApiKeyId;
  organizationId: OrganizationId;
  name: string;
  lastFour: string;
  /** ms */
  createdAt: number;
}

/** Only the hash of an API key is kept: whoever reads the table can't use it. */
export async function insertApiKey(apiKey: ApiKey, key: string): Promise<void> {
  const { id, organizationId, name, lastFour, createdAt: created } = apiKey;
  const hash = hashOf(key);
  await writeTogether([
    { key: apiKeyKey(hash), item: { organization: organizationId, id, created } },
    { key: listedApiKeyKey(organizationId, id), item: { name, last_four: lastFour, created, hash } },
  ]);
}

/** The keys of an organization, in the order they were made. */
export async function listApiKeys(organizationId: OrganizationId): Promise<ApiKey[]> {
  const keys: ApiKey[] = [];
  for await (const item of queryAll({ partition: apiKeysPartition(organizationId) }))
    keys.push({
      id: item['sk'] as ApiKeyId,
      organizationId,
      name: String(item['name']),
      lastFour: String(item['last_four']),
      createdAt: Number(item['created']),
    });
  return keys;
}

/** False: the organization has no such key. Functions that have just seen it still take it, for as long as they remember it. */
export async function removeApiKey(organization: OrganizationId, id: ApiKeyId): Promise<boolean> {
  const listedKey = listedApiKeyKey(organization, id);
  const item = await getItem(listedKey, { consistent: true });
  if (!item) return false;
  const hash = String(item['hash']);
  await writeTogether([
    { key: apiKeyKey(hash), remove: true },
    { key: listedKey, remove: true },
  ]);
  organizationOfHash.forget(hash);
  return true;
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
