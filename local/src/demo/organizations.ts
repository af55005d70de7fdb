import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { newChannelAccountId } from '@parley/core/domain/id.ts';
import type { ChannelAccountId, OrganizationId } from '@parley/core/domain/id.ts';
import { token } from './token.ts';
import { email, type DemoEmail } from './email.ts';
import { instagram, instagramOfPage, messenger, type DemoInstagram, type DemoMessenger } from './meta.ts';
import { smsNotify, victoryLink, type DemoSms } from './sms.ts';
import { tiktok, tiktokApp, type DemoTiktok } from './tiktok.ts';
import { newKeyPair } from '../providers/web_push/key-pair.ts';

interface Common {
  id: ChannelAccountId;
  name: string;
  external_id: string;
}

/** A demo account of a channel, with everything its pretend provider and its webhooks know it by. */
export type DemoAccount =
  | DemoMessenger
  | DemoInstagram
  | DemoTiktok
  | DemoEmail
  | DemoSms
  | (Common & {
      channel: 'whatsapp_cloud';
      waba_id: string;
      access_token: string;
      display_phone_number: string;
      app_id: string;
      app_secret: string;
      verify_token: string;
    })
  | (Common & { channel: 'telegram'; bot_token: string; username: string; secret_token: string })
  | (Common & { channel: 'whatsapp_lite'; kind: 'notify'; suit_id: string; api_key: string; webhook_secret: string })
  | (Common & { channel: 'whatsapp_lite'; kind: 'gateway'; session: string; api_key: string; webhook_secret: string })
  | (Common & {
      channel: 'web_push';
      public_key: string;
      private_key: string;
      subject: string;
      webhook_secret: string;
      origin: string;
    });

export interface DemoOrganization extends DraftOrganization {
  id: OrganizationId;
  api_key: string;
}

/** One of which the product does not know yet, so it has neither an id nor a key. */
export interface DraftOrganization {
  name: string;
  agents: { email: string; password: string }[];
  channel_accounts: DemoAccount[];
}

/** The demo organizations of a data folder: made up once, the same at every later start. */
export function demoOrganizations(file: string): (DraftOrganization | DemoOrganization)[] {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as DemoOrganization[];
  const app = { app_id: digits(16), app_secret: hex(16), verify_token: token() };
  const organizations = [
    organization(
      'Nile Coffee',
      'nile.example',
      ['mona', 'omar'],
      app,
      ['+0987654321', '+201000000102'],
      '+201000000100',
    ),
    organization('متجر الخليج', 'gulf.example', ['sara'], app, ['+971500000201'], '+971500000200'),
  ];
  addMetaAccounts(organizations, app);
  addTiktokAndSms(organizations);
  keepOrganizations(file, organizations);
  return organizations;
}

/** A reader finds the whole file or none. */
export function keepOrganizations(file: string, organizations: DraftOrganization[]): void {
  writeFileSync(`${file}.new`, JSON.stringify(organizations, null, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** A page and an Instagram account each: the first organization's is connected by itself, the others' through their pages. */
function addMetaAccounts(organizations: DraftOrganization[], app: App): void {
  const instagramSecret = hex(16);
  for (const [index, { name, channel_accounts: accounts }] of organizations.entries()) {
    const own = instagram(name, { ...app, app_secret: instagramSecret });
    accounts.push(messenger(name, app), index === 0 ? own : instagramOfPage(name, app));
  }
}

/** A TikTok account each, of one app, and two ways to send SMS: straight from VictoryLink and through Notify. */
function addTiktokAndSms(organizations: DraftOrganization[]): void {
  const app = tiktokApp();
  for (const [index, { name, channel_accounts: accounts }] of organizations.entries())
    accounts.push(tiktok(name, app), victoryLink(name, `PARLEY-${index + 1}`), smsNotify(name));
}

type App = Pick<Extract<DemoAccount, { channel: 'whatsapp_cloud' }>, 'app_id' | 'app_secret' | 'verify_token'>;

/** Both organizations use one Meta app, as customers of one deployment do. The first Lite number goes through Appgain Notify, a second through a gateway. */
function organization(
  name: string,
  domain: string,
  people: string[],
  app: App,
  lite: string[],
  cloud: string,
): DraftOrganization {
  return {
    name,
    agents: people.map((person) => ({ email: `${person}@${domain}`, password: 'Parley-demo-2026' })),
    channel_accounts: [
      whatsappCloud(name, cloud, app),
      telegram(name, domain),
      webPush(name, domain),
      email(name, domain),
      ...lite.map((number, index) => whatsappLite(name, number, index === 0)),
    ],
  };
}

function whatsappCloud(name: string, number: string, app: App): DemoAccount {
  const ids = { external_id: digits(15), waba_id: digits(15) };
  return {
    id: newChannelAccountId(),
    channel: 'whatsapp_cloud',
    name,
    ...ids,
    access_token: `EAA${token()}`,
    display_phone_number: number,
    ...app,
  };
}

function telegram(name: string, domain: string): DemoAccount {
  const bot = digits(10);
  const username = `${domain.split('.')[0] ?? ''}_demo_bot`;
  return {
    id: newChannelAccountId(),
    channel: 'telegram',
    name,
    external_id: bot,
    bot_token: `${bot}:${token()}`,
    username,
    secret_token: token(),
  };
}

/** A site and its VAPID keys (RFC 8292). */
function webPush(name: string, domain: string): DemoAccount {
  return {
    id: newChannelAccountId(),
    channel: 'web_push',
    name,
    external_id: domain,
    ...newKeyPair(),
    subject: `mailto:push@${domain}`,
    webhook_secret: token(),
    origin: `https://${domain}`,
  };
}

function whatsappLite(name: string, number: string, notify: boolean): DemoAccount {
  const common = {
    id: newChannelAccountId(),
    channel: 'whatsapp_lite' as const,
    name: notify ? name : `${name} 2`,
    external_id: number,
  };
  const secrets = { api_key: token(), webhook_secret: token() };
  if (notify) return { ...common, kind: 'notify', suit_id: hex(12), ...secrets };
  return { ...common, kind: 'gateway', session: `session-${randomUUID().slice(0, 8)}`, ...secrets };
}

function hex(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}

function digits(length: number): string {
  return `1${Array.from(randomBytes(length - 1), (byte) => byte % 10).join('')}`;
}
