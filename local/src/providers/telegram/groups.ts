import { json, problem, type Answer } from '../http.ts';
import { isRecord, type Json } from '../../json.ts';
import { hasStarted, newMessage, type Phone } from '../phones.ts';
import type { Bot } from './bot.ts';
import { chatJson, typeOf, userJson } from './chat.ts';
import { nextMessageId, seconds } from './message.ts';
import { updateHook } from './webhooks.ts';

/** A member opens a topic in a group: `{phone, name}`. Answers its number. */
export async function openTopic(bot: Bot, body: unknown): Promise<Answer> {
  const { phone: id, name } = isRecord(body) ? body : {};
  const phone = bot.world.phones.get(String(id));
  if (!phone || typeOf(phone) !== 'supergroup' || typeof name !== 'string')
    return problem(400, 'bad_topic', 'phone must be a supergroup, name a text');
  const message_thread_id = nextMessageId(bot, phone);
  const topics = bot.topics.get(phone.address) ?? new Map<number, string>();
  bot.topics.set(phone.address, topics.set(message_thread_id, name));
  const forum_topic_created = { name, icon_color: 7_322_096 };
  const service = { message_thread_id, is_topic_message: true, forum_topic_created };
  const status = await announce(bot, phone, message_thread_id, service, name);
  return json(201, { message_thread_id, webhook_status: status });
}

/** A group becomes a supergroup with another id: `{phone, to}`. What is sent to the old one is refused from now on. */
export async function migrate(bot: Bot, body: unknown): Promise<Answer> {
  const { phone: id, to } = isRecord(body) ? body : {};
  const phone = bot.world.phones.get(String(id));
  if (!phone || typeOf(phone) !== 'group' || typeof to !== 'string' || !to.startsWith('-100'))
    return problem(400, 'bad_group', 'phone must be a group, to the id of a supergroup');
  const { phones } = bot.world;
  const now = phones.at(to) ?? phones.add({ name: phone.name, address: to });
  if (!hasStarted(now, bot.account.external_id)) phones.change(now, { started: phone.started });
  bot.moved.set(phone.address, to);
  const statuses = [
    await announce(bot, phone, nextMessageId(bot, phone), { migrate_to_chat_id: Number(to) }),
    await announce(bot, now, nextMessageId(bot, now), { migrate_from_chat_id: Number(phone.address) }),
  ];
  return json(201, { phone: now.id, webhook_status: statuses });
}

async function announce(bot: Bot, phone: Phone, id: number, service: Json, shown?: string): Promise<number | null> {
  const message = {
    message_id: id,
    from: userJson(phone),
    chat: { ...chatJson(phone), ...('message_thread_id' in service && { is_forum: true }) },
    date: seconds(bot.world.now()),
    ...service,
  };
  const body = { type: 'text' as const, text: shown ?? '→' };
  const own = newMessage({ id: String(id), from: 'customer', body, at: bot.world.now(), note: { message } });
  bot.world.phones.append(phone, bot.account.external_id, own);
  const hook = updateHook(bot, 'message', message, phone.address);
  return hook ? bot.world.deliveries.send(hook) : null;
}
