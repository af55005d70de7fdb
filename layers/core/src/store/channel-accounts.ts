import { compact } from '../domain/compact.ts';
import type { AccountHealth } from '../domain/account-health.ts';
import type { AccountSettings } from '../domain/account-settings.ts';
import type { ChannelAccount, ConnectedAccount } from '../domain/channel-account.ts';
import type { ChannelName } from '../domain/channel.ts';
import type { ChannelAccountId, OrganizationId } from '../domain/id.ts';
import { decrypt } from './encryption.ts';
import { ACCOUNT_PREFIX, accountKey, appPartition, routeKey } from './keys/accounts.ts';
import { remembered } from './remembered.ts';
import { getItem, queryAll } from './table.ts';
import type { Item } from './attributes.ts';

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
  /** a new one with every new credentials */
  version?: string;
  /** when the credentials run out (ms) */
  expires?: number;
  /** when a renewal of them began that has not succeeded (ms) */
  renewing?: number;
  /** when a renewal brought these credentials (ms) */
  renewed?: number;
  /** when the provider's templates were last read (ms) */
  templatesRead?: number;
  settings?: AccountSettings;
  health?: AccountHealth;
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

export async function listAccounts(organization: OrganizationId): Promise<ChannelAccount[]> {
  const accounts: ChannelAccount[] = [];
  for await (const item of queryAll({ partition: organization, prefix: ACCOUNT_PREFIX }))
    accounts.push(fromAccountItem(item));
  return accounts;
}

/** The same, remembered for a short while: every send asks which of them it leaves by. */
export const accountsOf = remembered(listAccounts);

/** An account as it is now. */
export async function findAccount(
  organization: OrganizationId,
  id: ChannelAccountId,
): Promise<ChannelAccount | undefined> {
  const item = await getItem(accountKey(organization, id), { consistent: true });
  return item && fromAccountItem(item);
}

/** An account with its credentials, as it is now. */
export async function findConnected(
  organization: OrganizationId,
  id: ChannelAccountId,
  options = { consistent: true },
): Promise<ConnectedAccount | undefined> {
  const item = await getItem(accountKey(organization, id), options);
  if (!item) return undefined;
  const account = fromAccountItem(item);
  const { credentials, renewed } = item as unknown as AccountItem;
  return {
    ...account,
    credentials: JSON.parse(await decrypt(credentials, contextOf(account))) as unknown,
    ...compact({ renewedAt: renewed }),
  };
}

/** The same, remembered for a short while: every webhook and every send needs one. */
export const connectedAccount = remembered((organization: OrganizationId, id: ChannelAccountId) =>
  findConnected(organization, id, { consistent: false }),
);

/** After a change of the account. */
export function forgetAccount(organization: OrganizationId, id: ChannelAccountId): void {
  connectedAccount.forget(organization, id);
  accountsOf.forget(organization);
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

/** What the encryption of an account's credentials is bound to. */
export function contextOf(account: ChannelAccount): Record<string, string> {
  return { organization: account.organizationId, account: account.id };
}

export function fromAccountItem(raw: Item): ChannelAccount {
  const item = raw as unknown as AccountItem;
  const { channel, id, name, externalId, appId, status, baseUrl, settings, health, expires, version, templatesRead } =
    item;
  return {
    id,
    organizationId: item.pk,
    channel,
    name,
    externalId,
    status,
    baseUrl,
    createdAt: item.created,
    updatedAt: item.upd,
    ...compact({
      appId,
      settings,
      health,
      expiresAt: expires,
      version,
      templatesReadAt: templatesRead,
    }),
  };
}
