import type { ApiKeyId, ChannelAccountId, OrganizationId } from '../../domain/id.ts';
import type { Key } from './key.ts';

export function organizationKey(organization: OrganizationId): Key {
  return { pk: organization, sk: 'organization' };
}

/** Every organization of the deployment, under what it is called: a name is had once. */
export const ALL_ORGANIZATIONS = 'organizations';

export function organizationNameKey(name: string): Key {
  return { pk: ALL_ORGANIZATIONS, sk: `name#${name}` };
}

export function apiKeyKey(hash: string): Key {
  return { pk: `apikey#${hash}`, sk: 'apikey' };
}

export function apiKeysPartition(organization: OrganizationId): string {
  return `${organization}#apikeys`;
}

/** What is told of an API key: apart from the key, which only its hash leads to. */
export function listedApiKeyKey(organization: OrganizationId, id: ApiKeyId): Key {
  return { pk: apiKeysPartition(organization), sk: id };
}

export function templatePartition(organization: OrganizationId): string {
  return `${organization}#templates`;
}

/** `name` is a template's name and language. */
export function templateKey(organization: OrganizationId, account: ChannelAccountId, name: string): Key {
  return { pk: templatePartition(organization), sk: `${account}#${name}` };
}

/** What an organization keeps to write messages with. */
export function libraryPartition(organization: OrganizationId): string {
  return `${organization}#library`;
}

export function libraryKey(organization: OrganizationId, shelf: string, id: string): Key {
  return { pk: libraryPartition(organization), sk: `${shelf}#${id}` };
}

/** Leads from a name to what has it: a name is had once per shelf. */
export function libraryNameKey(organization: OrganizationId, shelf: string, name: string): Key {
  return { pk: libraryPartition(organization), sk: `name#${shelf}#${name}` };
}

export const LINK_PREFIX = 'link#';

/** Where a short link leads. */
export function linkKey(code: string): Key {
  return { pk: LINK_PREFIX + code, sk: 'link' };
}

/** A request that a caller named, so that its repetitions are known. */
export function idempotencyKey(organization: OrganizationId, key: string): Key {
  return { pk: `${organization}#idempotency`, sk: key };
}

export function feedPartition(organization: OrganizationId): string {
  return `${organization}#feed`;
}

/** Fixed width, so that text order is number order. */
export function feedKey(organization: OrganizationId, seq: number): Key {
  return { pk: feedPartition(organization), sk: String(seq).padStart(16, '0') };
}

export function connectionPartition(organization: OrganizationId): string {
  return `${organization}#connections`;
}

export function connectionKey(organization: OrganizationId, connectionId: string): Key {
  return { pk: connectionPartition(organization), sk: connectionId };
}
