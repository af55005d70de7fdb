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

export type WhatsappLiteAccount = NotifyAccount | GatewayAccount;

/** One organization's account at a pretend provider. */
export type ProviderAccount = WhatsappCloudAccount | TelegramAccount | WhatsappLiteAccount;
