import { randomInt } from 'node:crypto';
import type { Json } from '../../json.ts';
import { shown as textOf } from '../json.ts';
import type { Phone, PhoneMessage } from '../phones.ts';
import type { Written } from '../provider.ts';
import { botJson, type Bot } from './bot.ts';
import { chatJson, typeOf, userJson } from './chat.ts';
import { hasButton, keptMessage, onPhone, seconds } from './message.ts';
import { vote } from './polls.ts';
import { updateHook } from './webhooks.ts';

/** The emoji the customer has on a message; empty takes it away. */
export function react(bot: Bot, phone: Phone, { message_id, emoji }: { message_id: string; emoji: string }): Written {
  const { world, account } = bot;
  const message = onPhone(bot, phone, message_id);
  if (!message) return { ok: false, reason: `no message ${message_id}` };
  const before = textOf(message.note?.['customer_reaction']);
  world.phones.replace(phone, account.external_id, { ...message, note: { ...message.note, customer_reaction: emoji } });
  const payload = {
    chat: chatJson(phone),
    message_id: Number(message_id),
    user: userJson(phone),
    date: seconds(world.now()),
    old_reaction: reactionList(before),
    new_reaction: reactionList(emoji),
  };
  return { ok: true, hook: updateHook(bot, 'message_reaction', payload, phone.address) };
}

function reactionList(emoji: string): Json[] {
  return emoji === '' ? [] : [{ type: 'emoji', emoji }];
}

/** A tap on an inline button is a callback query; one on an option of a poll a vote; a key of a reply keyboard says its text. */
export function tap(
  bot: Bot,
  phone: Phone,
  { message_id, id }: { message_id: string; id: string },
): Written | { says: string } {
  const message = onPhone(bot, phone, message_id);
  if (message?.body.type === 'poll') return vote(bot, phone, message, id);
  const choice = choicesOf(message).find((one) => one.id === id);
  if (!message || !choice) return { ok: false, reason: `message ${message_id} has no button ${id}` };
  const kept = keptMessage(message);
  if (!hasButton(kept, id)) return { says: choice.title };
  const query = String(randomInt(1e12, 2e14));
  bot.queries.set(query, { at: bot.world.now(), phone: phone.id, message: message_id, title: choice.title });
  bot.world.phones.replace(phone, bot.account.external_id, { ...message, remark: `⏳ ${choice.title}` });
  const payload = {
    id: query,
    from: userJson(phone),
    message: kept,
    chat_instance: `-${bot.account.external_id}${phone.address}`,
    data: id,
  };
  return { ok: true, hook: updateHook(bot, 'callback_query', payload, phone.address) };
}

function choicesOf(message: PhoneMessage | undefined): { id: string; title: string }[] {
  return message?.body.type === 'interactive' ? message.body.choices : [];
}

export function block(bot: Bot, phone: Phone, isBlocked: boolean): Written {
  const { world, account } = bot;
  const others = phone.blocked.filter((one) => one !== account.external_id);
  const was = others.length < phone.blocked.length;
  world.phones.change(phone, { blocked: isBlocked ? [...others, account.external_id] : others });
  const member = (kicked: boolean): Json => ({
    user: botJson(account),
    status: kicked ? (typeOf(phone) === 'private' ? 'kicked' : 'left') : 'member',
    ...(kicked && typeOf(phone) === 'private' && { until_date: 0 }),
  });
  const payload = {
    chat: chatJson(phone),
    from: userJson(phone),
    date: seconds(world.now()),
    old_chat_member: member(was),
    new_chat_member: member(isBlocked),
  };
  return { ok: true, hook: updateHook(bot, 'my_chat_member', payload, phone.address) };
}
