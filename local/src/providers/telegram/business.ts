import { isRecord, type Json } from '../../json.ts';
import type { Phone } from '../phones.ts';
import { advance } from '../receipts.ts';
import { json, problem, type Answer } from '../http.ts';
import type { Bot } from './bot.ts';
import { chatOf } from './chat.ts';
import { keptMessage, messageOf, seconds } from './message.ts';
import { nestedOf, numberOf, textOf, type Params } from './params.ts';
import { bad, isRefusal, type Refusal, type Reply } from './reply.ts';
import type { Method } from './send.ts';
import { updateHook } from './webhooks.ts';

/** The methods for chats of business accounts, by their names in lower case. */
export const businessMethods: Record<string, Method> = {
  readbusinessmessage: read,
  deletebusinessmessages: remove,
};

const dayMs = 24 * 3_600_000;

/** A bot may write in the chats of a business account where the customer has written within 24 hours. */
export function checkPeer(bot: Bot, phone: Phone, connection: string): Refusal | undefined {
  if (!bot.connections.get(connection)?.enabled) return bad('BUSINESS_CONNECTION_INVALID');
  const since = bot.world.now() - dayMs;
  const active = bot.world.phones
    .thread(phone, bot.account.external_id)
    .some((message) => message.from === 'customer' && isOf(message, connection) && Date.parse(message.at) >= since);
  return active ? undefined : bad('BUSINESS_PEER_INVALID');
}

function isOf(message: Parameters<typeof keptMessage>[0], connection: string): boolean {
  return keptMessage(message)['business_connection_id'] === connection;
}

/** The owner of a business account connects the bot to it, or ends that. */
export async function connect(bot: Bot, body: unknown): Promise<Answer> {
  const { id, enabled = true } = isRecord(body) ? body : {};
  if (typeof id !== 'string' || typeof enabled !== 'boolean')
    return problem(400, 'bad_connection', 'id must be a text, enabled true or false');
  const owner = 990_000_001;
  bot.connections.set(id, { owner, enabled });
  const payload: Json = {
    id,
    user: { id: owner, is_bot: false, first_name: 'Owner' },
    user_chat_id: owner,
    date: seconds(bot.world.now()),
    rights: { can_reply: true, can_read_messages: true },
    is_enabled: enabled,
  };
  const hook = updateHook(bot, 'business_connection', payload, id);
  return json(201, { id, webhook_status: hook ? await bot.world.deliveries.send(hook) : null });
}

/** Only what the customer wrote. */
function read(bot: Bot, params: Params): Reply {
  const phone = chatOf(bot, params);
  if (isRefusal(phone)) return phone;
  const connection = textOf(params, 'business_connection_id');
  if (connection === undefined) return bad('BUSINESS_CONNECTION_INVALID');
  const message = messageOf(bot, phone, numberOf(params, 'message_id'), connection);
  if (message?.from !== 'customer') return bad('message to read not found');
  advance(bot.world.phones, phone, bot.account.external_id, message.id, 'read');
  return { result: true };
}

/** 1 to 100 messages of one chat. */
function remove(bot: Bot, params: Params): Reply {
  const connection = textOf(params, 'business_connection_id') ?? '';
  if (!bot.connections.get(connection)?.enabled) return bad('BUSINESS_CONNECTION_INVALID');
  const given = nestedOf(params, 'message_ids');
  const ids: unknown[] = Array.isArray(given) ? given : [];
  if (ids.length < 1 || ids.length > 100) return bad('message identifiers are not specified');
  const { phones } = bot.world;
  const found = phones.list().flatMap((phone) =>
    ids.flatMap((id) => {
      const message = messageOf(bot, phone, id, connection);
      return message ? [{ phone, message }] : [];
    }),
  );
  if (found.length === 0) return bad('message to delete not found');
  for (const { phone, message } of found) phones.remove(phone, bot.account.external_id, message.id);
  return { result: true };
}
