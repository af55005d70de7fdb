import { urlNameOf } from '@parley/core/domain/channel.ts';
import type { Mail } from '../mail/servers.ts';
import type { ProviderAccount } from '../providers/account.ts';
import type { DemoAccount, DemoOrganization } from './organizations.ts';
import { smsAtProvider } from './sms.ts';

/** What `access.json` tells a client of this machine's cloud: where it is, and everything needed to use it and to sign its webhooks. */
export interface Access {
  url: string;
  realtime_url: string;
  /** where mail comes in, as it does at Amazon SES, and where the accounts hand it in */
  mail: { inbound: string; submission: string };
  organizations: (Omit<DemoOrganization, 'channel_accounts'> & {
    channel_accounts: (DemoAccount & { webhook_url: string; webhook_secret: string })[];
  })[];
}

export function accessOf(
  url: string,
  organizations: DemoOrganization[],
  { inboundUrl, submissionUrl }: Pick<Mail, 'inboundUrl' | 'submissionUrl'>,
): Access {
  return {
    url,
    realtime_url: realtimeUrl(url),
    mail: { inbound: inboundUrl, submission: submissionUrl },
    organizations: organizations.map((organization) => ({
      ...organization,
      channel_accounts: organization.channel_accounts.map((account) => ({
        ...account,
        ...signing(account),
        webhook_url: webhookUrl(url, account),
      })),
    })),
  };
}

export function realtimeUrl(url: string): string {
  return `${url.replace(/^http/, 'ws')}/realtime/v1/websocket`;
}

/** The account as its pretend provider knows it. */
export function providerAccount(url: string, organization: DemoOrganization, account: DemoAccount): ProviderAccount {
  const common = {
    external_id: account.external_id,
    name: account.name,
    organization: organization.name,
    webhook_url: webhookUrl(url, account),
  };
  switch (account.channel) {
    case 'whatsapp_cloud': {
      const { channel, waba_id, access_token, display_phone_number, app_id, app_secret, verify_token } = account;
      return {
        ...common,
        channel,
        phone_number_id: account.external_id,
        waba_id,
        access_token,
        display_phone_number,
        app_id,
        app_secret,
        verify_token,
      };
    }
    case 'messenger': {
      const { channel, access_token, app_id, app_secret, verify_token } = account;
      return { ...common, channel, access_token, app_id, app_secret, verify_token };
    }
    case 'instagram': {
      const { channel, access_token, app_id, app_secret, verify_token } = account;
      const app = { ...common, channel, access_token, app_id, app_secret, verify_token };
      const { login } = account;
      return login === 'facebook' ? { ...app, login, page_id: account.page_id } : { ...app, login };
    }
    case 'sms':
      return { ...common, ...smsAtProvider(account) };
    case 'tiktok': {
      const { channel, client_key, client_secret, access_token, refresh_token } = account;
      return { ...common, channel, client_key, client_secret, access_token, refresh_token };
    }
    case 'telegram':
      return {
        ...common,
        channel: account.channel,
        token: account.bot_token,
        username: account.username,
        secret_token: account.secret_token,
      };
    case 'email': {
      const { channel, user, password, webhook_secret } = account;
      return { ...common, channel, user, password, webhook_secret };
    }
    case 'web_push':
      return { ...common, channel: account.channel, public_key: account.public_key, origin: account.origin };
    case 'whatsapp_lite': {
      const { channel, api_key, webhook_secret } = account;
      if (account.kind === 'notify')
        return { ...common, channel, kind: account.kind, suit_id: account.suit_id, api_key, webhook_secret };
      return { ...common, channel, kind: account.kind, session: account.session, api_key, webhook_secret };
    }
  }
}

/** Every account's secret also stands under one name, for clients that treat all channels alike. Notify reports nothing of an SMS: the key is all there is. */
function signing(account: DemoAccount): { webhook_secret: string } {
  if ('app_secret' in account) return { webhook_secret: account.app_secret };
  if (account.channel === 'tiktok') return { webhook_secret: account.client_secret };
  if (account.channel === 'sms')
    return { webhook_secret: account.kind === 'notify' ? account.api_key : account.dlr_secret };
  return { webhook_secret: account.channel === 'telegram' ? account.secret_token : account.webhook_secret };
}

/** A provider's app has one address for all its accounts; an account that signs for itself has its own. */
function webhookUrl(url: string, account: DemoAccount): string {
  const path = `${url}/functions/v1/${urlNameOf(account.channel)}-webhook`;
  return 'app_id' in account || account.channel === 'tiktok' ? path : `${path}/${account.id}`;
}
