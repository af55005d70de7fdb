import type { TelegramAccount } from '../account.ts';
import type { Json } from '../json.ts';
import { hasStarted, type Phone } from '../phones.ts';
import type { World } from '../world.ts';
import { textOf, type Params } from './params.ts';
import { bad, type Refusal } from './reply.ts';

/** What `setWebhook` sets. */
interface Webhook {
  /** empty: no webhook */
  url: string;
  secret: string;
  allowed: readonly string[];
  maxConnections: number;
}

/** One bot, as a call sees it. */
export interface Bot {
  world: World<TelegramAccount>;
  account: TelegramAccount;
  webhook: Webhook;
  /** taps waiting for answerCallbackQuery: id -> when, in ms */
  queries: Map<string, number>;
  /** the provider's address as the caller sees it */
  base: string;
}

/** An inbox's bot has asked for these (reactions are not in Telegram's default set). */
export const inboxUpdates: readonly string[] = [
  'message',
  'edited_message',
  'callback_query',
  'message_reaction',
  'my_chat_member',
  'poll_answer',
];

export interface Bots {
  of(account: TelegramAccount, base: string): Bot;
}

/** Keeps what belongs to each bot; an account registered anew starts over. */
export function createBots(world: World<TelegramAccount>): Bots {
  const kept = new WeakMap<TelegramAccount, Pick<Bot, 'webhook' | 'queries'>>();
  return {
    of: (account, base) => {
      const { webhook_url: url, secret_token: secret } = account;
      const own = kept.get(account) ?? {
        webhook: { url, secret, allowed: inboxUpdates, maxConnections: 40 },
        queries: new Map(),
      };
      kept.set(account, own);
      return { world, account, base, ...own };
    },
  };
}

/** The customer behind a chat id; a bot may only write to people who started it and have not blocked it. */
export function chatOf({ world, account }: Bot, params: Params, name = 'chat_id'): Phone | Refusal {
  const id = textOf(params, name);
  if (id === undefined || id === '') return bad('chat_id is empty');
  const phone = /^-?\d+$/.test(id) ? world.phones.at(id) : undefined;
  if (!phone) return bad('chat not found');
  if (!hasStarted(phone, account.external_id)) {
    return { error_code: 403, description: "Forbidden: bot can't initiate conversation with a user" };
  }
  const isBlocked = phone.blocked.includes(account.external_id);
  return isBlocked ? { error_code: 403, description: 'Forbidden: bot was blocked by the user' } : phone;
}

export function chatJson(phone: Phone): Json {
  return { id: Number(phone.address), ...nameOf(phone), type: 'private' };
}

export function userJson(phone: Phone): Json {
  const language = /[\u0600-\u06FF]/.test(phone.name) ? 'ar' : 'en';
  return { id: Number(phone.address), is_bot: false, ...nameOf(phone), language_code: language };
}

export function botJson({ external_id, name, username }: TelegramAccount): Json {
  return { id: Number(external_id), is_bot: true, first_name: name, username };
}

function nameOf(phone: Phone): Json {
  const [first = phone.name, ...rest] = phone.name.split(' ');
  return { first_name: first, ...(rest.length > 0 && { last_name: rest.join(' ') }) };
}
