import { isRecord, type Json } from '../../json.ts';
import { present, recordsAt, shown } from '../json.ts';
import { isMediaBody } from '../phone-body.ts';
import type { Phone, PhoneMessage } from '../phones.ts';
import type { Bot } from './bot.ts';
import { chatOf, typeOf } from './chat.ts';
import { markupOf } from './markup.ts';
import { bodyWith, keptMessage, messageOf, seconds } from './message.ts';
import { nestedOf, numberOf, textOf, type Params } from './params.ts';
import { bad, isRefusal, type Refusal, type Reply } from './reply.ts';
import type { Method } from './send.ts';
import { caption, formatted, messageText } from './validate.ts';

/** The methods that act on messages already there, by their names in lower case. */
export const editMethods: Record<string, Method> = {
  editmessagetext: (bot, params) => edit(bot, params, changedText),
  editmessagecaption: (bot, params) => edit(bot, params, changedCaption),
  editmessagereplymarkup: (bot, params) => edit(bot, params, () => ({})),
  deletemessage: (bot, params) => remove(bot, params, [textOf(params, 'message_id')]),
  deletemessages: (bot, params) => remove(bot, params, recordsOf(nestedOf(params, 'message_ids'))),
  setmessagereaction: react,
  sendchataction: act,
};

/** The message a call names, in the chat it names. */
export function named(
  bot: Bot,
  params: Params,
  missing: string,
  chat = 'chat_id',
): { phone: Phone; message: PhoneMessage } | Refusal {
  const phone = chatOf(bot, params, chat);
  if (isRefusal(phone)) return phone;
  const connection = chat === 'chat_id' ? textOf(params, 'business_connection_id') : undefined;
  const message = messageOf(bot, phone, numberOf(params, 'message_id'), connection);
  return message ? { phone, message } : bad(missing);
}

function changedText(params: Params): Json | Refusal {
  const words = formatted(params, messageText);
  return isRefusal(words)
    ? words
    : { text: words.text, entities: words.entities.length > 0 ? words.entities : undefined };
}

function changedCaption(params: Params): Json | Refusal {
  const words = formatted(params, caption);
  if (isRefusal(words)) return words;
  const entities = words.entities.length > 0 ? words.entities : undefined;
  return { caption: words.text || undefined, caption_entities: entities };
}

const captioned = ['photo', 'video', 'animation', 'audio', 'voice', 'document'];

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
  if ('caption' in change && !captioned.some((kind) => before[kind] !== undefined))
    return bad('there is no caption in the message to edit');
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
  const note = { ...message.note, message: kept };
  world.phones.replace(phone, account.external_id, { ...message, ...shownAs(message, after), note, remark: 'edited' });
  return after;
}

function shownAs({ body }: PhoneMessage, after: Json): Partial<PhoneMessage> {
  if (typeof after['text'] === 'string') return { text: after['text'], body: bodyWith(after, after['text']) };
  if (!isMediaBody(body)) return {};
  const { caption: _before, ...file } = body;
  const words = typeof after['caption'] === 'string' ? after['caption'] : undefined;
  return { text: words ?? null, body: { ...file, ...(words !== undefined && { caption: words }) } };
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
  if (typeOf(phone) === 'channel') return bad('chat actions are not available in channels');
  const action = (textOf(params, 'action') ?? '').toLowerCase();
  if (!actions.has(action)) return bad('wrong parameter action in request');
  bot.world.events.emit({ type: 'typing', phone: phone.id, account: bot.account.external_id, action });
  return { result: true };
}
