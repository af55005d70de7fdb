import type { TelegramAccount } from '../account.ts';
import type { Json } from '../../json.ts';
import type { World } from '../world.ts';
import { createRates, type Rates } from './rates.ts';

/** What `setWebhook` sets. */
interface Webhook {
  /** empty: no webhook */
  url: string;
  secret: string;
  allowed: readonly string[];
  maxConnections: number;
}

/** A tap on a button that spins until it is answered. */
interface Query {
  /** ms */
  at: number;
  phone: string;
  message: string;
  title: string;
}

/** What is of one bot alone. */
interface Own {
  webhook: Webhook;
  /** taps, by the id to answer them by */
  queries: Map<string, Query>;
  /** connections to business accounts, and the account's owner */
  connections: Map<string, { owner: number; enabled: boolean }>;
  /** groups that have another id now */
  moved: Map<string, string>;
  /** topics of groups: chat id -> number -> name */
  topics: Map<string, Map<number, string>>;
}

/** One bot, as a call sees it. */
export interface Bot extends Own {
  world: World<TelegramAccount>;
  rates: Rates;
  account: TelegramAccount;
  /** the provider's address as the caller sees it */
  base: string;
}

/** What an inbox's bot has asked for from the start (reactions are not in Telegram's default set). */
export const inboxUpdates: readonly string[] = [
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'business_connection',
  'business_message',
  'edited_business_message',
  'deleted_business_messages',
  'callback_query',
  'message_reaction',
  'my_chat_member',
  'poll',
  'poll_answer',
];

export interface Bots {
  of(account: TelegramAccount, base: string): Bot;
}

/** Keeps what belongs to each bot; an account registered anew starts over. */
export function createBots(world: World<TelegramAccount>): Bots {
  const kept = new WeakMap<TelegramAccount, Own>();
  const rates = createRates(world.now);
  return {
    of: (account, base) => {
      const own = kept.get(account) ?? newOwn(account);
      kept.set(account, own);
      return { world, rates, account, base, ...own };
    },
  };
}

export function botJson({ external_id, name, username }: TelegramAccount): Json {
  return { id: Number(external_id), is_bot: true, first_name: name, username };
}

function newOwn({ webhook_url: url, secret_token: secret }: TelegramAccount): Own {
  return {
    webhook: { url, secret, allowed: inboxUpdates, maxConnections: 40 },
    queries: new Map(),
    connections: new Map(),
    moved: new Map(),
    topics: new Map(),
  };
}
