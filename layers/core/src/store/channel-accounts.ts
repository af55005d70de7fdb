import type { ChannelAccount, ConnectedAccount } from '../domain/channel-account.ts';
import type { ChannelName } from '../domain/channel.ts';
import type { ChannelAccountId, OrganizationId } from '../domain/id.ts';
import { decrypt, encrypt } from './encryption.ts';
import { ACCOUNT_PREFIX, accountKey, appKey, appPartition, routeKey } from './keys.ts';
import { remembered } from './remembered.ts';
import { deleteItem, getItem, putItem, queryAll, updateItem } from './table.ts';
import type { Item } from './table.ts';

interface AccountItem {
  pk: OrganizationId;
  channel: ChannelName;
  id: ChannelAccountId;
  name: string;
  externalId: string;
  appId?: string;
  status: 'Active' | 'Inactive';
  baseUrl: string;
  credentials: string;
  /** when the credentials run out (ms) */
  expires?: number;
  /** when a renewal of them began that has not succeeded (ms) */
  renewing?: number;
  created: number;
  upd: number;
}

/** An application at a provider that signs the webhooks of many accounts. */
export interface ProviderApp {
  channel: ChannelName;
  id: string;
  /** what the channel verifies with: app_secret, verify_token. Two while one is being changed. */
  secrets: Record<string, string>[];
}

/** Writes an account with its credentials encrypted, and the names its webhooks find it by. */
export async function saveAccount(account: ConnectedAccount, names: string[]): Promise<void> {
  const key = accountKey(account.organizationId, account.id);
  await putItem(key, {
    ...toAccountItem(account),
    credentials: await encrypt(JSON.stringify(account.credentials), contextOf(account)),
    expires: account.expiresAt,
  });
  const route = { organization: account.organizationId, account: account.id };
  await Promise.all([`account:${account.id}`, ...names].map((name) => putItem(routeKey(account.channel, name), route)));
}

export async function removeRoutes(channel: ChannelName, names: string[]): Promise<void> {
  await Promise.all(names.map((name) => deleteItem(routeKey(channel, name))));
}

export async function listAccounts(organization: OrganizationId): Promise<ChannelAccount[]> {
  const accounts: ChannelAccount[] = [];
  for await (const item of queryAll({ partition: organization, prefix: ACCOUNT_PREFIX }))
    accounts.push(fromAccountItem(item));
  return accounts;
}

/** Changes what a person may change of an account. Undefined when there is none. */
export async function updateAccount(
  organization: OrganizationId,
  id: ChannelAccountId,
  change: { name?: string; status?: 'Active' | 'Inactive' },
): Promise<ChannelAccount | undefined> {
  const written = await updateItem(accountKey(organization, id), {
    set: { ...change, upd: Date.now() },
    when: 'attribute_exists(#pk)',
  });
  return written.ok ? fromAccountItem(written.item) : undefined;
}

/** An account with its credentials, remembered for a short while: every webhook and every send needs one. */
export const connectedAccount = remembered(
  async (organization: OrganizationId, id: ChannelAccountId): Promise<ConnectedAccount | undefined> => {
    const item = await getItem(accountKey(organization, id));
    if (!item) return undefined;
    const account = fromAccountItem(item);
    const { credentials, expires } = item as unknown as AccountItem;
    return {
      ...account,
      credentials: JSON.parse(await decrypt(credentials, contextOf(account))) as unknown,
      ...(expires === undefined ? {} : { expiresAt: expires }),
    };
  },
);

/** A renewal that began longer ago than this failed, or was never finished: there may be another. */
const RENEWAL_MS = 60_000;

/** Takes the renewal of an account's credentials, which one at a time may do. False: someone else is at it, or the account has other credentials by now. */
export async function claimRenewal({ organizationId, id, expiresAt }: ConnectedAccount, now: number): Promise<boolean> {
  const same = expiresAt === undefined ? 'attribute_not_exists(#expires)' : '#expires = :before';
  const written = await updateItem(accountKey(organizationId, id), {
    set: { renewing: now },
    when: `attribute_exists(#pk) AND ${same} AND (attribute_not_exists(#renewing) OR #renewing < :stale)`,
    values: { stale: now - RENEWAL_MS, ...(expiresAt === undefined ? {} : { before: expiresAt }) },
  });
  return written.ok;
}

/** Writes what the renewal that was taken at `claimed` brought, unless the account was connected anew meanwhile. */
export async function saveRenewal(
  account: ConnectedAccount,
  claimed: number,
  renewed: { credentials: unknown; expiresAt: number },
): Promise<void> {
  const { organizationId, id } = account;
  await updateItem(accountKey(organizationId, id), {
    set: {
      credentials: await encrypt(JSON.stringify(renewed.credentials), contextOf(account)),
      expires: renewed.expiresAt,
    },
    remove: ['renewing'],
    when: '#renewing = :claimed',
    values: { claimed },
  });
  connectedAccount.forget(organizationId, id);
}

/** Who a webhook is for, by one of the names it gives: `account:…`, `address:…`, `secret:…`. */
export const routeOf = remembered(
  async (
    channel: ChannelName,
    name: string,
  ): Promise<{ organizationId: OrganizationId; accountId: ChannelAccountId } | undefined> => {
    const item = await getItem(routeKey(channel, name));
    return (
      item && { organizationId: item['organization'] as OrganizationId, accountId: item['account'] as ChannelAccountId }
    );
  },
);

export async function saveApp(app: ProviderApp): Promise<void> {
  await putItem(appKey(app.channel, app.id), {
    secrets: await encrypt(JSON.stringify(app.secrets), { channel: app.channel, app: app.id }),
  });
}

/** Every application of a channel in this deployment; there are few. */
export const appsOf = remembered(async (channel: ChannelName): Promise<ProviderApp[]> => {
  const apps: ProviderApp[] = [];
  for await (const item of queryAll({ partition: appPartition(channel) })) {
    const id = String(item['sk']);
    const secrets = JSON.parse(await decrypt(String(item['secrets']), { channel, app: id })) as Record<
      string,
      string
    >[];
    apps.push({ channel, id, secrets });
  }
  return apps;
});

function contextOf(account: ChannelAccount): Record<string, string> {
  return { organization: account.organizationId, account: account.id };
}

function toAccountItem(account: ChannelAccount): Item {
  const { channel, id, name, externalId, appId, status, baseUrl, createdAt, updatedAt } = account;
  return { channel, id, name, externalId, appId, status, baseUrl, created: createdAt, upd: updatedAt };
}

function fromAccountItem(raw: Item): ChannelAccount {
  const item = raw as unknown as AccountItem;
  const { channel, id, name, externalId, appId, status, baseUrl } = item;
  const account = {
    id,
    organizationId: item.pk,
    channel,
    name,
    externalId,
    status,
    baseUrl,
    createdAt: item.created,
    updatedAt: item.upd,
  };
  return appId === undefined ? account : { ...account, appId };
}
