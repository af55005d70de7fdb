import type { Json } from '../../json.ts';
import { present } from '../json.ts';
import { keptAt } from '../media.ts';
import { isMediaBody, type CustomerBody, type MediaBody } from '../phone-body.ts';
import { hasStarted, newMessage, type Phone } from '../phones.ts';
import { shownBody, type Act, type Written } from '../provider.ts';
import type { Bot } from './bot.ts';
import { chatJson, topicOf, typeOf, userJson } from './chat.ts';
import { detected } from './entities.ts';
import { describe, type FileKind } from './files.ts';
import { mediaFields } from './media-fields.ts';
import { keptMessage, nextMessageId, onPhone, seconds } from './message.ts';
import { block, react, tap } from './taps.ts';
import { updateHook } from './webhooks.ts';

/** A customer's act, as Telegram tells the bot. */
export function act(bot: Bot, { phone, body, writing }: Act): Written {
  if (body.type === 'block' || body.type === 'unblock') return block(bot, phone, body.type === 'block');
  if (phone.blocked.includes(bot.account.external_id))
    return { ok: false, reason: 'this customer has blocked the bot' };
  if (!hasStarted(phone, bot.account.external_id)) {
    bot.world.phones.change(phone, { started: [...phone.started, bot.account.external_id] });
  }
  switch (body.type) {
    case 'reaction':
      return react(bot, phone, body);
    case 'edit':
      return edit(bot, phone, body);
    case 'unsend':
      return unsend(bot, phone, body);
    case 'tap':
      return tapped(bot, phone, tap(bot, phone, body));
    default:
      return write(bot, phone, body, writing.reply_to);
  }
}

/** A key of a reply keyboard just writes its text. */
function tapped(bot: Bot, phone: Phone, tap: Written | { says: string }): Written {
  return 'says' in tap ? write(bot, phone, { type: 'text', text: tap.says }, undefined) : tap;
}

function write(bot: Bot, phone: Phone, body: CustomerBody, replyTo: string | undefined): Written {
  const fields = fieldsOf(bot, body);
  if (typeof fields === 'string') return { ok: false, reason: fields };
  const id = nextMessageId(bot, phone);
  const quoted = replyTo === undefined ? undefined : onPhone(bot, phone, replyTo);
  const message = present({ ...headOf(bot, phone, id), reply_to_message: quoted && keptMessage(quoted), ...fields });
  const shown = body.type === 'raw' ? wordsOf(message) : shownBody(body);
  const kind = (body.type === 'raw' && body.update) || kindOf(phone, message);
  return {
    ok: true,
    hook: updateHook(bot, kind, inTopic(bot, phone, message), phone.address),
    ...(shown && {
      message: newMessage({
        id: String(id),
        from: 'customer',
        body: shown,
        at: bot.world.now(),
        replyTo,
        note: { message },
      }),
    }),
  };
}

/** In a topic, what is no reply stands as one to the message that opened the topic. */
function inTopic(bot: Bot, phone: Phone, message: Json): Json {
  const { message_thread_id: id, reply_to_message: replied } = message;
  const name = typeof id === 'number' ? topicOf(bot, phone, id) : undefined;
  if (name === undefined || replied !== undefined) return message;
  const opened = { message_id: id, message_thread_id: id, is_topic_message: true, chat: chatJson(phone), date: 1 };
  return { ...message, reply_to_message: { ...opened, forum_topic_created: { name, icon_color: 7_322_096 } } };
}

function kindOf(phone: Phone, { business_connection_id }: Json): 'message' | 'business_message' | 'channel_post' {
  if (business_connection_id !== undefined) return 'business_message';
  return typeOf(phone) === 'channel' ? 'channel_post' : 'message';
}

function wordsOf({ text }: Json): { type: 'text'; text: string } | undefined {
  return typeof text === 'string' ? { type: 'text', text } : undefined;
}

function headOf({ world }: Bot, phone: Phone, id: number): Json {
  const sender = typeOf(phone) === 'channel' ? { sender_chat: chatJson(phone) } : { from: userJson(phone) };
  return { message_id: id, ...sender, chat: chatJson(phone), date: seconds(world.now()) };
}

function fieldsOf(bot: Bot, body: CustomerBody): Json | string {
  if (isMediaBody(body)) return mediaOf(bot, body);
  switch (body.type) {
    case 'text':
      return present({ text: body.text, entities: some(detected(body.text)) });
    case 'location': {
      const at = { latitude: body.latitude, longitude: body.longitude };
      return body.name
        ? { venue: { location: at, title: body.name, address: body.address ?? '' }, location: at }
        : { location: at };
    }
    case 'contacts': {
      const [card] = body.contacts;
      const [first = '', ...rest] = (card?.name ?? '').split(' ');
      return {
        contact: present({
          phone_number: card?.phones[0] ?? '',
          first_name: first,
          last_name: rest.join(' ') || undefined,
        }),
      };
    }
    case 'raw':
      return body.message;
    default:
      return 'not something a customer can do';
  }
}

const kinds: Record<MediaBody['type'], FileKind> = {
  image: 'photo',
  video: 'video',
  audio: 'audio',
  document: 'document',
  sticker: 'sticker',
};

function mediaOf(bot: Bot, body: MediaBody): Json | string {
  const kept = keptAt(bot.world.media, body.url);
  if (!kept) return 'the file is gone';
  const isVoice = body.type === 'audio' && (body.voice ?? kept.mime === 'audio/ogg');
  const kind = isVoice ? 'voice' : kinds[body.type];
  const file = describe(bot, kind, kept);
  const caption = body.caption ? { caption: body.caption, caption_entities: some(detected(body.caption)) } : {};
  return present({ ...mediaFields(kind, file), ...caption });
}

function edit(bot: Bot, phone: Phone, { message_id, text }: { message_id: string; text: string }): Written {
  const { world, account } = bot;
  const message = onPhone(bot, phone, message_id);
  if (message?.from !== 'customer') return { ok: false, reason: `no message ${message_id} of this customer` };
  const after = present({
    ...keptMessage(message),
    edit_date: seconds(world.now()),
    text,
    entities: some(detected(text)),
  });
  world.phones.replace(phone, account.external_id, {
    ...message,
    text,
    body: { type: 'text', text },
    note: { message: after },
    remark: 'edited',
  });
  return { ok: true, hook: updateHook(bot, `edited_${kindOf(phone, after)}`, after, phone.address) };
}

/** That a customer takes something back is told to business accounts only. */
function unsend(bot: Bot, phone: Phone, { message_id }: { message_id: string }): Written {
  const message = onPhone(bot, phone, message_id);
  if (!message) return { ok: false, reason: `no message ${message_id}` };
  bot.world.phones.remove(phone, bot.account.external_id, message_id);
  const { business_connection_id } = keptMessage(message);
  if (business_connection_id === undefined) return { ok: true };
  const payload = { business_connection_id, chat: chatJson(phone), message_ids: [Number(message_id)] };
  return { ok: true, hook: updateHook(bot, 'deleted_business_messages', payload, phone.address) };
}

function some<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}
