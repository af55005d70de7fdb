import { createHmac } from 'node:crypto';
import type { Account } from './cloud.ts';

export interface SignedWebhook {
  url: string;
  headers: Record<string, string>;
  body: string;
}

let counter = 0;

/** A provider's message id that no other test has. */
export function freshId(): string {
  return `${Date.now().toString(36)}${(counter++).toString(36).toUpperCase()}`;
}

type Cloud = Extract<Account, { channel: 'whatsapp_cloud' }>;
type Telegram = Extract<Account, { channel: 'telegram' }>;
type Lite = Extract<Account, { channel: 'whatsapp_lite' }>;

/** One `messages` change of a WhatsApp envelope. */
export function cloudChange(
  account: Cloud,
  value: { contacts?: unknown[]; messages?: unknown[]; statuses?: unknown[] },
): unknown {
  const metadata = {
    display_phone_number: account.display_phone_number.slice(1),
    phone_number_id: account.external_id,
  };
  return { field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...value } };
}

export function cloudText(from: string, text: string, options: { id?: string; at?: number; name?: string } = {}) {
  const timestamp = String(Math.floor((options.at ?? Date.now()) / 1000));
  return {
    contact: { profile: { name: options.name ?? 'Mona' }, wa_id: from },
    message: { from, id: options.id ?? `wamid.${freshId()}`, timestamp, type: 'text', text: { body: text } },
  };
}

export function cloudStatus(id: string, status: string, recipient: string, at: number, reference?: string) {
  const timestamp = String(Math.floor(at / 1000));
  return {
    id,
    status,
    timestamp,
    recipient_id: recipient,
    ...(reference === undefined ? {} : { biz_opaque_callback_data: reference }),
  };
}

export function cloudEnvelope(account: Cloud, changes: unknown[]): unknown {
  return { object: 'whatsapp_business_account', entry: [{ id: account.waba_id, changes }] };
}

/** HMAC-SHA256 in hex, with which most providers sign. */
export function hmac(secret: string, body: string): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}

/** Signed as Meta does: over the bytes, non-ASCII escaped. */
export function signCloud(account: Cloud, payload: unknown): SignedWebhook {
  const body = JSON.stringify(payload).replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return signedByMeta(account, body);
}

/** As it stands. */
export function signedByMeta(account: { webhook_url: string; app_secret: string }, body: string): SignedWebhook {
  const headers = { 'X-Hub-Signature-256': `sha256=${hmac(account.app_secret, body)}` };
  return { url: account.webhook_url, headers, body };
}

/** One text from one customer. */
export function cloudInbound(
  account: Cloud,
  from: string,
  text: string,
  options?: Parameters<typeof cloudText>[2],
): SignedWebhook {
  const { contact, message } = cloudText(from, text, options);
  return signCloud(
    account,
    cloudEnvelope(account, [cloudChange(account, { contacts: [contact], messages: [message] })]),
  );
}

export function telegramInbound(
  account: Telegram,
  chat: number,
  text: string,
  options: { updateId?: number; messageId?: number; at?: number } = {},
): SignedWebhook {
  const id = options.messageId ?? ++counter + 1000;
  const message = {
    message_id: id,
    date: Math.floor((options.at ?? Date.now()) / 1000),
    chat: { id: chat, type: 'private', first_name: 'Omar' },
    from: { id: chat, is_bot: false, first_name: 'Omar' },
    text,
  };
  const body = JSON.stringify({ update_id: options.updateId ?? id, message });
  return { url: account.webhook_url, headers: { 'X-Telegram-Bot-Api-Secret-Token': account.secret_token }, body };
}

/** Telegram's own word that somebody blocked the bot (`kicked`), or let it in again. */
export function telegramMember(account: Telegram, chat: number, status: 'kicked' | 'member'): SignedWebhook {
  const user = { id: chat, is_bot: false, first_name: 'Omar' };
  const me = { id: Number(account.external_id), is_bot: true, first_name: 'Bot', username: 'bot' };
  const as = (its: string) => ({ user: me, status: its, ...(its === 'kicked' && { until_date: 0 }) });
  return telegramUpdate(account, {
    my_chat_member: {
      chat: { id: chat, type: 'private', first_name: 'Omar' },
      from: user,
      date: Math.floor(Date.now() / 1000),
      old_chat_member: as(status === 'kicked' ? 'member' : 'kicked'),
      new_chat_member: as(status),
    },
  });
}

/** Any update, as Telegram posts it. */
export function telegramUpdate(account: Telegram, update: object): SignedWebhook {
  const body = JSON.stringify({ update_id: ++counter + 900_000, ...update });
  return { url: account.webhook_url, headers: { 'X-Telegram-Bot-Api-Secret-Token': account.secret_token }, body };
}

/** The flat payload, authenticated by the account's secret. */
export function liteInbound(
  account: Lite,
  from: string,
  text: string,
  options: { id?: string; timestamp?: string } = {},
): SignedWebhook {
  const body = JSON.stringify({
    message_id: options.id ?? `msg-${freshId()}`,
    from,
    to: account.external_id,
    message: text,
    timestamp: options.timestamp ?? new Date().toISOString(),
    channel: 'whatsapp_lite',
  });
  return { url: account.webhook_url, headers: { 'X-Webhook-Secret': account.webhook_secret }, body };
}

export async function post(webhook: SignedWebhook): Promise<Response> {
  return fetch(webhook.url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...webhook.headers },
    body: webhook.body,
  });
}

/** Somebody who writes on WhatsApp shows their number, or hides it behind a user id. */
export interface Person {
  user: string;
  /** without `+` */
  phone?: string;
}

/** A message from them; `message` has whatever is not the same in every one. `at` in ms. */
export function cloudFrom(account: Cloud, { user, phone }: Person, message: object, at = Date.now()): SignedWebhook {
  const number = phone === undefined ? {} : { from: phone };
  const contact = { profile: { name: 'Mona' }, user_id: user, ...(phone === undefined ? {} : { wa_id: phone }) };
  const timestamp = String(Math.floor(at / 1000));
  const said = { ...number, from_user_id: user, id: `wamid.${freshId()}`, timestamp, ...message };
  return signCloud(account, cloudEnvelope(account, [cloudChange(account, { contacts: [contact], messages: [said] })]));
}

/** Words from them. */
export function cloudWords(account: Cloud, who: Person, body: string, at?: number): SignedWebhook {
  return cloudFrom(account, who, { type: 'text', text: { body } }, at);
}
