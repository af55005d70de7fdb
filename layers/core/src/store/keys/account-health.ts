import type { ChannelAccountId, OrganizationId } from '../../domain/id.ts';
import type { Key } from './key.ts';

/** The states that an account was in: apart from the account, which is read without them. */
export function healthPartition(organization: OrganizationId, id: ChannelAccountId): string {
  return `${organization}#health#${id}`;
}

/** When an account came into a state (ms). */
export function healthKey(organization: OrganizationId, id: ChannelAccountId, since: number): Key {
  return { pk: healthPartition(organization, id), sk: new Date(since).toISOString() };
}
