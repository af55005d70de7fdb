import type { ChannelName } from '../../domain/channel.ts';
import type { ChannelAccountId, OrganizationId } from '../../domain/id.ts';
import type { Key } from './key.ts';

export const ACCOUNT_PREFIX = 'account#';

export function accountKey(organization: OrganizationId, id: ChannelAccountId): Key {
  return { pk: organization, sk: ACCOUNT_PREFIX + id };
}

/** Every account of the deployment, for whoever looks after all of them. */
export const ALL_ACCOUNTS = 'accounts';

export function listedAccountKey(organization: OrganizationId, id: ChannelAccountId): Key {
  return { pk: ALL_ACCOUNTS, sk: `${organization}#${id}` };
}

/** What goes through an account: apart from the account, because it is written much more often. */
export const ACTIVITY_PREFIX = 'activity#';

export function activityKey(organization: OrganizationId, id: ChannelAccountId): Key {
  return { pk: organization, sk: ACTIVITY_PREFIX + id };
}

/** Which moments of an account have been taken by messages it is to send. */
export function paceKey(account: ChannelAccountId): Key {
  return { pk: `pace#${account}`, sk: 'pace' };
}

/** Leads from what a webhook says of itself (`account:…`, `address:…`, `secret:…`) to the account. */
export function routeKey(channel: ChannelName, name: string): Key {
  return { pk: `route#${channel}#${name}`, sk: 'route' };
}

export function appPartition(channel: ChannelName): string {
  return `apps#${channel}`;
}

export function appKey(channel: ChannelName, appId: string): Key {
  return { pk: appPartition(channel), sk: appId };
}

/** A consent that was asked for and has been used. */
export function usedConsentKey(nonce: string): Key {
  return { pk: `consent#${nonce}`, sk: 'used' };
}

export function quarantinePartition(channel: ChannelName, day: string): string {
  return `quarantine#${channel}#${day}`;
}

export function quarantineKey(channel: ChannelName, day: string, id: string): Key {
  return { pk: quarantinePartition(channel, day), sk: id };
}
