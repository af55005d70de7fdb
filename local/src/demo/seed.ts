import { workerData } from 'node:worker_threads';
import { loadChannel } from '@parley/core/channels/registry.ts';
import type { ConnectedAccount } from '@parley/core/domain/channel-account.ts';
import { listAccounts } from '@parley/core/store/channel-accounts.ts';
import { saveAccount, saveApp } from '@parley/core/store/sealed-account.ts';
import { saveApiKey, saveOrganization } from '@parley/core/store/organizations.ts';
import { emailCredentials } from './email.ts';
import type { MailServer } from './email.ts';
import type { DemoAccount, DemoOrganization } from './organizations.ts';
import { smsCredentials } from './sms.ts';
import { tiktokCredentials } from './tiktok.ts';

/** What the seeding worker is given. It has the functions' environment, so it writes through the same store. */
export interface SeedData {
  organizations: DemoOrganization[];
  /** where the pretend providers are: `http://…/providers` */
  providers: string;
  mail: MailServer;
}

/** Nobody here takes a number that answers at once for a machine. */
const QUICK = { min_delay_ms: 0, max_delay_ms: 0 };

const { organizations, providers, mail } = workerData as SeedData;
await Promise.all([...organizations.map(seed), seedApps(), seedTiktokApps()]);

async function seed(organization: DemoOrganization): Promise<void> {
  await Promise.all([saveOrganization(organization), saveApiKey(organization.id, organization.api_key)]);
  const known = await listAccounts(organization.id);
  for (const [index, account] of organization.channel_accounts.entries()) {
    const now = Date.now() + index;
    const { expiresAt: _, ...before } = known.find(({ id }) => id === account.id) ?? {};
    const { appId, credentials, baseUrl } = connectionOf(account);
    const connected: ConnectedAccount = {
      id: account.id,
      organizationId: organization.id,
      channel: account.channel,
      name: account.name,
      externalId: account.external_id,
      status: 'Active',
      createdAt: now,
      updatedAt: now,
      ...(account.channel === 'whatsapp_lite' ? { settings: QUICK } : {}),
      ...before,
      baseUrl,
      credentials,
      ...(appId === undefined ? {} : { appId }),
    };
    const channel = await loadChannel(account.channel);
    await saveAccount(connected, channel.names(connected));
  }
}

function connectionOf(account: DemoAccount): { appId?: string; credentials: unknown; baseUrl: string } {
  const baseUrl = `${providers}/${account.channel}`;
  switch (account.channel) {
    case 'whatsapp_cloud': {
      const { access_token, waba_id, display_phone_number: phone_number } = account;
      return { appId: account.app_id, credentials: { access_token, waba_id, phone_number }, baseUrl };
    }
    case 'messenger':
      return { appId: account.app_id, credentials: { access_token: account.access_token }, baseUrl };
    case 'instagram': {
      const { login, access_token } = account;
      const page = login === 'facebook' ? { page_id: account.page_id } : {};
      return { appId: account.app_id, credentials: { login, access_token, ...page }, baseUrl };
    }
    case 'sms':
      return { credentials: smsCredentials(account), baseUrl };
    case 'tiktok': {
      const credentials = tiktokCredentials(account);
      return { appId: account.client_key, credentials, baseUrl: `${baseUrl}/open_api/v1.3` };
    }
    case 'email':
      return { credentials: emailCredentials(account, mail), baseUrl: mail.url };
    case 'telegram':
      return { credentials: { bot_token: account.bot_token, secret_token: account.secret_token }, baseUrl };
    case 'web_push': {
      const { public_key, private_key, subject, webhook_secret, origin } = account;
      const keys = { public_key, private_key, subject, webhook_secret };
      return { credentials: { ...keys, origins: origin, url: `${origin}/` }, baseUrl };
    }
    case 'whatsapp_lite': {
      const { kind, api_key, webhook_secret } = account;
      const own = kind === 'notify' ? { kind, suit_id: account.suit_id } : { kind, session: account.session };
      return { credentials: { ...own, api_key, webhook_secret }, baseUrl };
    }
  }
}

/** An app signs for every organization that uses it, so it is written once per channel, with each of its secrets. */
async function seedApps(): Promise<void> {
  const accounts = organizations
    .flatMap(({ channel_accounts }) => channel_accounts)
    .filter((account) => 'app_id' in account);
  const apps = Map.groupBy(accounts, ({ channel, app_id }) => `${channel} ${app_id}`);
  await Promise.all(
    [...apps.values()].flatMap(([first, ...others]) => {
      if (!first) return [];
      return saveApp({ channel: first.channel, id: first.app_id, secrets: secretsOf([first, ...others]) });
    }),
  );
}

/** TikTok has other words for its apps. */
async function seedTiktokApps(): Promise<void> {
  const accounts = organizations
    .flatMap(({ channel_accounts }) => channel_accounts)
    .filter((account) => account.channel === 'tiktok');
  const apps = new Map(accounts.map(({ client_key, client_secret }) => [client_key, client_secret]));
  await Promise.all(
    [...apps].map(([id, client_secret]) => saveApp({ channel: 'tiktok', id, secrets: [{ client_secret }] })),
  );
}

function secretsOf(accounts: MetaSecrets[]): Record<string, string>[] {
  const bySecret = new Map(accounts.map((account) => [account.app_secret, secretOf(account)]));
  return [...bySecret.values()];
}

type MetaSecrets = Extract<DemoAccount, { app_secret: string }>;

/** What an account that is connected by itself is signed with belongs to the app's login with Instagram. */
function secretOf({ app_id, app_secret, verify_token, ...account }: MetaSecrets): Record<string, string> {
  const isOwn = account.channel === 'instagram' && account.login === 'instagram';
  const own = { instagram_app_id: app_id, instagram_app_secret: app_secret };
  return { app_secret, verify_token, ...(isOwn && own) };
}
