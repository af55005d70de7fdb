import { randomBytes } from 'node:crypto';
import { object, text } from '../../domain/fields.ts';
import { newApiKeyId } from '../../domain/id.ts';
import type { ApiKeyId } from '../../domain/id.ts';
import { insertApiKey, listApiKeys as listAll, removeApiKey, REMEMBERED_S } from '../../store/api-keys.ts';
import type { ApiKey } from '../../store/api-keys.ts';
import { done, fail, organizationNamed, readCommand } from './command.ts';
import type { Outcome } from './command.ts';
import { label } from './organizations.ts';

const id = text(1, 100);
const fresh = object({ organization_id: id, name: label });
const ofOrganization = object({ organization_id: id });
const one = object({ organization_id: id, api_key_id: id });

/** A key as a command answers it, without what opens anything. */
export interface ApiKeyRow {
  id: string;
  organization_id: string;
  name: string;
  last_four: string;
  created_at: string;
}

/** Answers the key, this once: nothing can tell it afterwards. */
export async function createApiKey(fields: unknown): Promise<Outcome<{ api_key: ApiKeyRow & { key: string } }>> {
  const read = readCommand(fresh, fields);
  if (!read.ok) return read;
  const found = await organizationNamed(read.value.organization_id);
  if (!found.ok) return found;
  const key = `prl_${randomBytes(24).toString('base64url')}`;
  const apiKey: ApiKey = {
    id: newApiKeyId(),
    organizationId: found.value.id,
    name: read.value.name,
    lastFour: key.slice(-4),
    createdAt: Date.now(),
  };
  await insertApiKey(apiKey, key);
  return done({ api_key: { ...rowOf(apiKey), key } });
}

export async function listApiKeys(fields: unknown): Promise<Outcome<{ api_keys: ApiKeyRow[] }>> {
  const read = readCommand(ofOrganization, fields);
  if (!read.ok) return read;
  const found = await organizationNamed(read.value.organization_id);
  return found.ok ? done({ api_keys: (await listAll(found.value.id)).map(rowOf) }) : found;
}

/** `honoured_for_s`: so long a function that has just seen the key still takes it. */
export async function revokeApiKey(fields: unknown): Promise<Outcome<{ revoked: string; honoured_for_s: number }>> {
  const read = readCommand(one, fields);
  if (!read.ok) return read;
  const { organization_id, api_key_id } = read.value;
  const found = await organizationNamed(organization_id);
  if (!found.ok) return found;
  const removed = await removeApiKey(found.value.id, api_key_id as ApiKeyId);
  if (!removed) return fail('not_found', `'api_key_id': the organization has no key '${api_key_id}'`);
  return done({ revoked: api_key_id, honoured_for_s: REMEMBERED_S });
}

function rowOf({ id: keyId, organizationId, name, lastFour, createdAt }: ApiKey): ApiKeyRow {
  const created_at = new Date(createdAt).toISOString();
  return { id: keyId, organization_id: organizationId, name, last_four: lastFour, created_at };
}
