import { randomInt } from 'node:crypto';
import { present, shown as textOf, type Json } from '../json.ts';
import { keptAt } from '../media.ts';
import { isMediaBody, type CustomerBody, type MediaBody } from '../phone-body.ts';
import { hasStarted, newMessage, type Phone, type PhoneMessage } from '../phones.ts';
import { shownBody, type Act, type Written } from '../provider.ts';
import { botJson, chatJson, userJson, type Bot } from './bot.ts';
import { detected } from './entities.ts';
import { describe, type FileKind } from './files.ts';
import { mediaFields } from './media-fields.ts';
import { hasButton, keptMessage, messageOf, nextMessageId, seconds } from './message.ts';
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
    case 'tap':
      return tap(bot, phone, body);
    default:
      return write(bot, phone, body, writing.reply_to);
  }
}

function write(bot: Bot, phone: Phone, body: CustomerBody, replyTo: string | undefined): Written {
  const fields = fieldsOf(bot, body);
  if (typeof fields === 'string') return { ok: false, reason: fields };
  const id = nextMessageId(bot, phone);
  const quoted = replyTo === undefined ? undefined : messageOf(bot, phone, replyTo);
  const message = present({ ...headOf(bot, phone, id), reply_to_message: quoted && keptMessage(quoted), ...fields });
  const shown = shownBody(body);
  return {
    ok: true,
    hook: updateHook(bot, 'message', message, phone.address),
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

function headOf({ world }: Bot, phone: Phone, id: number): Json {
  return { message_id: id, from: userJson(phone), chat: chatJson(phone), date: seconds(world.now()) };
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

/** The emoji the customer has on a message; empty takes it away. */
function react(bot: Bot, phone: Phone, { message_id, emoji }: { message_id: string; emoji: string }): Written {
  const { world, account } = bot;
  const message = messageOf(bot, phone, message_id);
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

function edit(bot: Bot, phone: Phone, { message_id, text }: { message_id: string; text: string }): Written {
  const { world, account } = bot;
  const message = messageOf(bot, phone, message_id);
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
  });
  return { ok: true, hook: updateHook(bot, 'edited_message', after, phone.address) };
}

/** A tap on an inline button is a callback query; a button of a reply keyboard just sends its text. */
function tap(bot: Bot, phone: Phone, { message_id, id }: { message_id: string; id: string }): Written {
  const message = messageOf(bot, phone, message_id);
  const choice = choicesOf(message).find((one) => one.id === id);
  if (!message || !choice) return { ok: false, reason: `message ${message_id} has no button ${id}` };
  const kept = keptMessage(message);
  if (!hasButton(kept, id)) return write(bot, phone, { type: 'text', text: choice.title }, undefined);
  const query = String(randomInt(1e12, 2e14));
  bot.queries.set(query, bot.world.now());
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

function block(bot: Bot, phone: Phone, isBlocked: boolean): Written {
  const { world, account } = bot;
  const others = phone.blocked.filter((one) => one !== account.external_id);
  const was = others.length < phone.blocked.length;
  world.phones.change(phone, { blocked: isBlocked ? [...others, account.external_id] : others });
  const member = (kicked: boolean): Json => ({
    user: botJson(account),
    status: kicked ? 'kicked' : 'member',
    ...(kicked && { until_date: 0 }),
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

function some<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}
