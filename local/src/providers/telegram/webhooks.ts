import type { Hook } from '../deliveries.ts';
import type { Json } from '../../json.ts';
import type { Bot } from './bot.ts';

/**
 * One update for the bot's webhook, or undefined when it has none or did not ask for this kind. Updates of one lane are delivered in
 * order; the lanes are Telegram's own (chat, user of a tap, chat of a reaction).
 */
export function updateHook(
  { world, account, webhook }: Bot,
  kind: string,
  payload: Json,
  chat: string,
): Hook | undefined {
  if (webhook.url === '' || !webhook.allowed.includes(kind)) return undefined;
  const update_id = world.next(`update ${account.external_id}`, 100_000_000);
  const queue = kind.replace(/^(edited|deleted)_/, '').replace(/messages$/, 'message');
  return {
    account: account.external_id,
    url: webhook.url,
    headers: {
      'content-type': 'application/json',
      ...(webhook.secret && { 'x-telegram-bot-api-secret-token': webhook.secret }),
    },
    body: JSON.stringify({ update_id, [kind]: payload }),
    lane: `${account.external_id} ${queue} ${chat}`,
  };
}
