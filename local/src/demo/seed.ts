import { parentPort, workerData } from 'node:worker_threads';
import { loadChannel } from '@parley/core/channels/registry.ts';
import type { ConnectedAccount } from '@parley/core/domain/channel-account.ts';
import { listAccounts } from '@parley/core/store/channel-accounts.ts';
import { saveAccount } from '@parley/core/store/sealed-account.ts';
import { emailCredentials } from './email.ts';
import type { MailServer } from './email.ts';
import { madeOf, makeUsers, saveApps } from './make.ts';
import type { DemoAccount, DemoOrganization, DraftOrganization } from './organizations.ts';
import { smsCredentials } from './sms.ts';
import { tiktokCredentials } from './tiktok.ts';

/** What the seeding worker is given. It has the functions' environment, so it does what they do. */
export interface SeedData {
  organizations: (DraftOrganization | DemoOrganization)[];
  /** where the pretend providers are: `http://…/providers` */
  providers: string;
  mail: MailServer;
}

/** Nobody here takes a number that answers at once for a machine. */
const QUICK = { min_delay_ms: 0, max_delay_ms: 0 };

const { organizations, providers, mail } = workerData as SeedData;
const [made] = await Promise.all([Promise.all(organizations.map(seed)), saveApps(organizations)]);
parentPort?.postMessage(made, []);

async function seed(draft: DraftOrganization | DemoOrganization): Promise<DemoOrganization> {
  const organization = await madeOf(draft);
  await Promise.all([connectAccounts(organization), 'id' in draft ? undefined : makeUsers(organization)]);
  return organization;
}

async function connectAccounts(organization: DemoOrganization): Promise<void> {
  const organizationId = organization.id;
  const known = await listAccounts(organizationId);
  for (const [index, account] of organization.channel_accounts.entries()) {
    const now = Date.now() + index;
    const { expiresAt: _, ...before } = known.find(({ id }) => id === account.id) ?? {};
    const { appId, credentials, baseUrl } = connectionOf(account);
    const connected: ConnectedAccount = {
      id: account.id,
      organizationId,
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
