import type { ChannelName } from '../../domain/channel.ts';
import type { Identity } from '../../domain/contact.ts';
import { identityKey } from '../../domain/contact.ts';
import type { ChannelAccountId, ContactId, OrganizationId } from '../../domain/id.ts';
import type { Key } from './key.ts';

export function contactPartition(organization: OrganizationId): string {
  return `${organization}#contacts`;
}

export function contactKey(organization: OrganizationId, id: ContactId): Key {
  return { pk: contactPartition(organization), sk: id };
}

/** Leads from a further identity of a contact to the one its ids were derived from. */
export function aliasKey(organization: OrganizationId, identity: Identity): Key {
  return { pk: `${organization}#identities`, sk: identityKey(identity) };
}

export function unreachablePartition(organization: OrganizationId): string {
  return `${organization}#unreachable`;
}

/** Whom an account can't write to. */
export function unreachableKey(organization: OrganizationId, account: ChannelAccountId, identity: string): Key {
  return { pk: unreachablePartition(organization), sk: `${account}#${identity}` };
}

/** Who asked for no more messages on a channel. */
export function optOutKey(organization: OrganizationId, contact: ContactId, channel: ChannelName): Key {
  return { pk: unreachablePartition(organization), sk: `${contact}#${channel}` };
}
