interface Common {
  /** the provider's id of the account: phone number id, bot id, or the number `+0987654321` */
  external_id: string;
  name: string;
  organization: string;
  /** where the provider sends its webhooks */
  webhook_url: string;
}

export interface WhatsappCloudAccount extends Common {
  channel: 'whatsapp_cloud';
  /** the same as `external_id` */
  phone_number_id: string;
  display_phone_number: string;
  waba_id: string;
  access_token: string;
  app_id: string;
  app_secret: string;
  verify_token: string;
}

interface MetaApp {
  access_token: string;
  app_id: string;
  /** of the secrets the app has, the one this account's webhooks are signed with */
  app_secret: string;
  verify_token: string;
}

/** `external_id` is the page's id. */
export interface MessengerAccount extends Common, MetaApp {
  channel: 'messenger';
}

/** `external_id` is the professional account's id; `page_id`, after a login with Facebook, the page that sends for it. */
export type InstagramAccount = Common &
  MetaApp & { channel: 'instagram' } & ({ login: 'instagram' } | { login: 'facebook'; page_id: string });

export interface TelegramAccount extends Common {
  channel: 'telegram';
  /** `<bot id>:<hash>` */
  token: string;
  username: string;
  /** comes back in X-Telegram-Bot-Api-Secret-Token */
  secret_token: string;
}

export interface NotifyAccount extends Common {
  channel: 'whatsapp_lite';
  kind: 'notify';
  suit_id: string;
  api_key: string;
  webhook_secret: string;
}

export interface GatewayAccount extends Common {
  channel: 'whatsapp_lite';
  kind: 'gateway';
  session: string;
  api_key: string;
  webhook_secret: string;
}

export interface EvolutionAccount extends Common {
  channel: 'whatsapp_lite';
  kind: 'evolution';
  instance: string;
  api_key: string;
  webhook_secret: string;
}

export type WhatsappLiteAccount = NotifyAccount | GatewayAccount | EvolutionAccount;

/** SMS through Appgain Notify: nothing comes back. */
export interface SmsNotifyAccount extends Common {
  channel: 'sms';
  kind: 'notify';
  suit_id: string;
  api_key: string;
}

export interface VictoryLinkAccount extends Common {
  channel: 'sms';
  kind: 'victorylink';
  username: string;
  password: string;
  /** the one sender name that is approved */
  sender: string;
}

export type SmsAccount = SmsNotifyAccount | VictoryLinkAccount;

export interface TiktokAccount extends Common {
  channel: 'tiktok';
  /** `client_key` of the app */
  client_key: string;
  client_secret: string;
  /** good until the first refresh */
  access_token: string;
  refresh_token: string;
}

/** A site whose customers' browsers take its pushes. */
export interface WebPushAccount extends Common {
  channel: 'web_push';
  /** VAPID, base64url: subscriptions are made for it */
  public_key: string;
  /** where the site's pages and worker come from: `https://shop.example` */
  origin: string;
}

/** `external_id` is the business's address. */
export interface EmailAccount extends Common {
  channel: 'email';
  /** at the mail server */
  user: string;
  password: string;
  webhook_secret: string;
}

/** One organization's account at a pretend provider. */
export type ProviderAccount =
  | MessengerAccount
  | InstagramAccount
  | WhatsappCloudAccount
  | TelegramAccount
  | WhatsappLiteAccount
  | SmsAccount
  | TiktokAccount
  | WebPushAccount
  | EmailAccount;
