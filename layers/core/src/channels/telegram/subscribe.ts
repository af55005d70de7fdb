import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Done } from '../contract.ts';
import { callBot } from './call.ts';
import type { Credentials } from './credentials.ts';
import { doneOf } from './errors.ts';

/** What an inbox wants to hear. Reactions are told of only when asked for. */
const allowed_updates = [
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'business_message',
  'edited_business_message',
  'deleted_business_messages',
  'message_reaction',
  'callback_query',
  'poll_answer',
  'my_chat_member',
];

/** The secret comes back with each webhook. HTTPS on port 443, 80, 88 or 8443 only. */
export async function subscribe(account: ConnectedAccount<Credentials>, url: string): Promise<Done> {
  const { secret_token } = account.credentials;
  return doneOf(await callBot(account, { method: 'setWebhook', parameters: { url, secret_token, allowed_updates } }));
}

/** Telegram keeps the bot's updates from then on, for a day. */
export async function unsubscribe(account: ConnectedAccount<Credentials>): Promise<Done> {
  return doneOf(await callBot(account, { method: 'deleteWebhook', parameters: {} }));
}
