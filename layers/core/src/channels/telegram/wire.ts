import * as v from 'valibot';
import { maybe, number, numeric, object, whole } from '../shared/read.ts';

const text = maybe(v.string());

/** Chat and user ids need up to 52 bits, so a number holds them. */
export const chat = object({
  id: whole,
  type: text,
  title: text,
  username: text,
  first_name: text,
  last_name: text,
});
export type Chat = v.InferOutput<typeof chat>;

export const user = object({ id: whole, username: text, first_name: text, last_name: text });
export type User = v.InferOutput<typeof user>;

/** What names a message: enough of a reply's original, of an edited one, of an answer to a send. */
const names = {
  message_id: whole,
  ephemeral_message_id: maybe(v.custom<string | number>((id) => typeof id === 'string' || Number.isFinite(id))),
  chat: object({ id: whole }),
  business_connection_id: text,
};
export const messageRef = object(names);
export type MessageRef = v.InferOutput<typeof messageRef>;

const button = object({ text: v.string(), callback_data: text });
const markup = object({ inline_keyboard: v.array(v.array(button)) });

export const message = object({
  ...names,
  chat,
  date: maybe(number),
  edit_date: maybe(number),
  from: maybe(user),
  sender_business_bot: v.optional(v.unknown()),
  reply_to_message: maybe(messageRef),
  reply_markup: maybe(markup),
});
export type Message = v.InferOutput<typeof message>;

export const entity = object({
  type: v.string(),
  offset: whole,
  length: whole,
  url: text,
  language: text,
  user: maybe(user),
});
export type Entity = v.InferOutput<typeof entity>;

const ofFile = { file_id: v.string(), file_name: text, mime_type: text, file_size: maybe(number) };
export const file = object(ofFile);
export type File = v.InferOutput<typeof file>;

/** The sizes of one photo; an empty list is none. */
export const photo = v.array(file);

export const sticker = object({
  ...ofFile,
  is_animated: maybe(v.boolean()),
  is_video: maybe(v.boolean()),
  emoji: text,
});

export const location = object({ latitude: numeric, longitude: numeric });
export const venue = object({ location, title: v.string(), address: text });
export const contact = object({ phone_number: v.string(), first_name: text, last_name: text, vcard: text });

export const callback = object({
  id: v.string(),
  from: user,
  message: maybe(object({ ...names, chat, reply_markup: maybe(markup) })),
  data: text,
  game_short_name: text,
});

export const reactionUpdate = object({
  chat,
  message_id: whole,
  date: maybe(number),
  user: maybe(user),
  new_reaction: v.array(object({ type: v.string(), emoji: text })),
});

export const membership = object({
  chat,
  date: maybe(number),
  new_chat_member: object({ status: v.string() }),
});

export const deletion = object({ business_connection_id: v.string(), chat, message_ids: v.array(whole) });
