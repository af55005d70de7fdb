import { v7 } from 'uuid';
import type { ChannelAccount, ConnectedAccount } from '../domain/channel-account.ts';
import { contextOf } from './channel-accounts.ts';
import type { ProviderApp } from './channel-accounts.ts';
import { encrypt } from './encryption.ts';
import { accountKey, appKey, listedAccountKey, routeKey } from './keys/accounts.ts';
import { putItem, updateItem } from './table.ts';
import type { Item } from './attributes.ts';
import type { Update } from './expressions.ts';

/** Writes an account with its credentials encrypted, and the names its webhooks find it by. */
export async function saveAccount(account: ConnectedAccount, names: string[]): Promise<void> {
  const { organizationId, id, channel } = account;
  await putItem(accountKey(organizationId, id), await sealedAccountItem(account));
  await putItem(listedAccountKey(organizationId, id), {});
  const route = routeItem(account);
  const routes = [`account:${id}`, ...names.filter((name) => !isShared(name))];
  await Promise.all(routes.map((name) => putItem(routeKey(channel, name), route)));
  await Promise.all(names.filter(isShared).map((name) => updateItem(routeKey(channel, name), claim(account))));
}

/** What a route leads to. */
export function routeItem({ organizationId, id }: ChannelAccount): Item {
  return { organization: organizationId, account: id };
}

/** What is one organization's, however many of its accounts have it. */
export function isShared(name: string): boolean {
  return name.startsWith('shared:');
}

/** Takes such a name for an account, unless accounts of another organization have it. */
export function claim({ organizationId, id }: ChannelAccount): Update {
  return {
    set: { organization: organizationId },
    add: { accounts: new Set([id]) },
    when: 'attribute_not_exists(#accounts) OR #organization = :organization',
  };
}

/** The item of an account, its credentials encrypted. */
export async function sealedAccountItem(account: ConnectedAccount): Promise<Item> {
  return { ...toAccountItem(account), ...(await seal(account, account.credentials)), expires: account.expiresAt };
}

/** Credentials as they are stored, under a version of their own. */
export async function seal(account: ChannelAccount, credentials: unknown): Promise<Item> {
  return { credentials: await encrypt(JSON.stringify(credentials), contextOf(account)), version: v7() };
}

export async function saveApp(app: ProviderApp): Promise<void> {
  await putItem(appKey(app.channel, app.id), {
    secrets: await encrypt(JSON.stringify(app.secrets), { channel: app.channel, app: app.id }),
  });
}

function toAccountItem(account: ChannelAccount): Item {
  const { channel, id, name, externalId, appId, status, baseUrl, settings, health, createdAt, updatedAt } = account;
  return {
    channel,
    id,
    name,
    externalId,
    appId,
    status,
    baseUrl,
    settings,
    health,
    created: createdAt,
    upd: updatedAt,
  };
}
