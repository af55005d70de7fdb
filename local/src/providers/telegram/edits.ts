import { isRecord, present, recordsAt, shown, type Json } from '../json.ts';
import type { Phone, PhoneMessage } from '../phones.ts';
import { botJson, chatJson, chatOf, type Bot } from './bot.ts';
import { markupOf } from './markup.ts';
import { bodyWith, extrasOf, keptMessage, messageOf, place, seconds, type Extras } from './message.ts';
import { nestedOf, numberOf, textOf, type Params } from './params.ts';
import { bad, isRefusal, type Refusal, type Reply } from './reply.ts';
import type { Method } from './send.ts';
import { formatted, messageText } from './validate.ts';

/** The methods that act on messages already there, by their names in lower case. */
export const editMethods: Record<string, Method> = {
  editmessagetext: (bot, params) => edit(bot, params, changedText),
  editmessagereplymarkup: (bot, params) => edit(bot, params, () => ({})),
  deletemessage: (bot, params) => remove(bot, params, [textOf(params, 'message_id')]),
  deletemessages: (bot, params) => remove(bot, params, recordsOf(nestedOf(params, 'message_ids'))),
  forwardmessage: (bot, params) => copy(bot, params, 'forward'),
  copymessage: (bot, params) => copy(bot, params, 'copy'),
  setmessagereaction: react,
  sendchataction: act,
};

/** The message a call names, in the chat it names. */
function named(
  bot: Bot,
  params: Params,
  missing: string,
  chat = 'chat_id',
): { phone: Phone; message: PhoneMessage } | Refusal {
  const phone = chatOf(bot, params, chat);
  if (isRefusal(phone)) return phone;
  const message = messageOf(bot, phone, numberOf(params, 'message_id'));
  return message ? { phone, message } : bad(missing);
}

function changedText(params: Params): Json | Refusal {
  const words = formatted(params, messageText);
  return isRefusal(words)
    ? words
    : { text: words.text, entities: words.entities.length > 0 ? words.entities : undefined };
}

/** Only its own messages, and only into something else. */
function edit(bot: Bot, params: Params, changes: (params: Params) => Json | Refusal): Reply {
  const found = named(bot, params, 'message to edit not found');
  if (isRefusal(found)) return found;
  const { phone, message } = found;
  const before = keptMessage(message);
  if (message.from !== 'business') return bad("message can't be edited");
  const change = changes(params);
  if (isRefusal(change)) return change;
  if ('text' in change && before['text'] === undefined) return bad('there is no text in the message to edit');
  const markup = markupOf(params, 'inline');
  if (isRefusal(markup)) return markup;
  const after = present({ ...before, ...change, reply_markup: markup });
  if (JSON.stringify(after) === JSON.stringify(before)) {
    return bad(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    );
  }
  return { result: replace(bot, phone, message, { ...after, edit_date: seconds(bot.world.now()) }) };
}

function replace({ world, account }: Bot, phone: Phone, message: PhoneMessage, after: Json): Json {
  const { edit_date: _when, ...kept } = after;
  const text = typeof after['text'] === 'string' ? after['text'] : undefined;
  const change = text === undefined ? {} : { text, body: bodyWith(after, text) };
  world.phones.replace(phone, account.external_id, { ...message, ...change, note: { ...message.note, message: kept } });
  return after;
}

const deletableMs = 48 * 3_600_000;

function remove(bot: Bot, params: Params, ids: readonly unknown[]): Reply {
  const phone = chatOf(bot, params);
  if (isRefusal(phone)) return phone;
  const messages = ids.map((id) => messageOf(bot, phone, id)).filter((message) => message !== undefined);
  if (messages.length === 0) return bad('message to delete not found');
  const old = messages.some((message) => Date.parse(message.at) + deletableMs < bot.world.now());
  if (old) return bad("message can't be deleted for everyone");
  for (const { id } of messages) bot.world.phones.remove(phone, bot.account.external_id, id);
  return { result: true };
}

function recordsOf(ids: unknown): unknown[] {
  return Array.isArray(ids) ? ids : [];
}

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
  const extras: Extras | Refusal =
    kind === 'copy' ? extrasOf(bot, phone, params) : { markup: undefined, replyTo: undefined };
  if (isRefusal(extras)) return extras;
  const content = { fields: contentOf(bot, found, kind), body: found.message.body };
  const placed = place(bot, phone, content, extras);
  return { result: kind === 'copy' ? { message_id: placed['message_id'] } : placed };
}

const envelope = ['message_id', 'from', 'chat', 'date', 'edit_date', 'reply_markup', 'forward_origin', 'quote'];

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

const reactions = new Set(
  (
    '👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 ' +
    '👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡'
  ).split(' '),
);

/** One emoji of Telegram's list; an empty list takes it back. */
function react(bot: Bot, params: Params): Reply {
  const found = named(bot, params, 'message to react not found');
  if (isRefusal(found)) return found;
  const given = nestedOf(params, 'reaction') ?? [];
  const wanted = recordsAt({ reaction: given }, 'reaction');
  if (!Array.isArray(given) || wanted.length !== given.length) return bad("can't parse reaction types JSON object");
  if (wanted.length > 1) return bad('REACTIONS_TOO_MANY');
  const [reaction] = wanted;
  if (reaction && !(reaction['type'] === 'emoji' && reactions.has(shown(reaction['emoji']).replace(/\uFE0F$/, ''))))
    return bad('REACTION_INVALID');
  const { phone, message } = found;
  const emoji = isRecord(reaction) ? shown(reaction['emoji']) : '';
  bot.world.phones.replace(phone, bot.account.external_id, { ...message, note: { ...message.note, reaction: emoji } });
  return { result: true };
}

const actions = new Set(
  (
    'typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker ' +
    'find_location record_video_note upload_video_note'
  ).split(' '),
);

function act(bot: Bot, params: Params): Reply {
  const phone = chatOf(bot, params);
  if (isRefusal(phone)) return phone;
  const action = (textOf(params, 'action') ?? '').toLowerCase();
  if (!actions.has(action)) return bad('wrong parameter action in request');
  bot.world.events.emit({ type: 'typing', phone: phone.id, account: bot.account.external_id, action });
  return { result: true };
}
