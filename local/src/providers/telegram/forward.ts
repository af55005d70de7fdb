import type { Json } from '../../json.ts';
import { present } from '../json.ts';
import type { Phone, PhoneMessage } from '../phones.ts';
import { botJson, type Bot } from './bot.ts';
import { chatJson, chatOf } from './chat.ts';
import { named } from './edits.ts';
import { extrasOf, keptMessage, place } from './message.ts';
import type { Params } from './params.ts';
import { bad, isRefusal, type Reply } from './reply.ts';
import type { Method } from './send.ts';

/** The methods that pass messages on, by their names in lower case. */
export const forwardMethods: Record<string, Method> = {
  forwardmessage: (bot, params) => copy(bot, params, 'forward'),
  copymessage: (bot, params) => copy(bot, params, 'copy'),
};

/** A forward says where it came from; a copy is a new message and only its number is answered. */
function copy(bot: Bot, params: Params, kind: 'forward' | 'copy'): Reply {
  const phone = chatOf(bot, params);
  if (isRefusal(phone)) return phone;
  const found = named(
    bot,
    params,
    kind === 'copy' ? 'message to copy not found' : 'message to forward not found',
    'from_chat_id',
  );
  if (isRefusal(found)) return found;
  if (keptMessage(found.message)['has_protected_content'] === true) return bad(`message can't be ${kind}ed`);
  const extras = extrasOf(bot, phone, params);
  if (isRefusal(extras)) return extras;
  if (kind === 'forward') extras.remark = `↪ ${nameOf(bot, found)}`;
  const content = { fields: contentOf(bot, found, kind), body: found.message.body };
  const placed = place(bot, phone, content, extras);
  return { result: kind === 'copy' ? { message_id: placed['message_id'] } : placed };
}

/** What stays behind when a message is passed on. */
const envelope = [
  'message_id',
  'from',
  'sender_chat',
  'sender_business_bot',
  'chat',
  'date',
  'edit_date',
  'reply_markup',
  'forward_origin',
  'quote',
  'message_thread_id',
  'is_topic_message',
  'media_group_id',
];

function nameOf({ account }: Bot, { phone, message }: { phone: Phone; message: PhoneMessage }): string {
  return message.from === 'business' ? account.name : phone.name;
}

function contentOf(
  bot: Bot,
  { phone, message }: { phone: Phone; message: PhoneMessage },
  kind: 'forward' | 'copy',
): Json {
  const kept = keptMessage(message);
  const content = Object.fromEntries(Object.entries(kept).filter(([key]) => !envelope.includes(key)));
  if (kind === 'copy') return content;
  const sender =
    message.from === 'business' ? botJson(bot.account) : { ...chatJson(phone), is_bot: false, type: undefined };
  return { ...content, forward_origin: { type: 'user', sender_user: present(sender), date: kept['date'] } };
}
