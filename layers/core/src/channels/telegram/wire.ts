import * as v from 'valibot';
import { maybe, number, numeric, object, whole } from '../shared/read.ts';

const text = maybe(v.string());
const flag = maybe(v.boolean());

/** Chat and user ids need up to 52 bits, so a number holds them. */
export const chat = object({
  id: whole,
  type: text,
  title: text,
  username: text,
  first_name: text,
  last_name: text,
  is_direct_messages: flag,
});
export type Chat = v.InferOutput<typeof chat>;

export const user = object({ id: whole, username: text, first_name: text, last_name: text });
export type User = v.InferOutput<typeof user>;

/** What names a message: enough of a reply's original, of an edited one, of an answer to a send. */
export const names = {
  message_id: whole,
  ephemeral_message_id: maybe(v.custom<string | number>((id) => typeof id === 'string' || Number.isFinite(id))),
  chat: object({ id: whole }),
  business_connection_id: text,
};
export const messageRef = object(names);
export type MessageRef = v.InferOutput<typeof messageRef>;

/** Where in its chat a message stands: in a topic of a forum, or in one customer's talk with a channel. */
export const place = {
  message_thread_id: maybe(whole),
  is_topic_message: flag,
  direct_messages_topic: maybe(object({ topic_id: whole, user: maybe(user) })),
};

const topic = maybe(object({ name: v.string() }));
const original = object({ ...names, forum_topic_created: topic });

export const message = object({
  ...names,
  ...place,
  chat,
  date: maybe(number),
  edit_date: maybe(number),
  from: maybe(user),
  sender_chat: maybe(chat),
  author_signature: text,
  sender_business_bot: v.optional(v.unknown()),
  is_automatic_forward: flag,
  reply_to_message: maybe(original),
  forum_topic_created: topic,
  migrate_to_chat_id: maybe(whole),
  migrate_from_chat_id: maybe(whole),
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

const ofFile = {
  file_id: v.string(),
  file_name: text,
  mime_type: text,
  file_size: maybe(number),
  width: maybe(number),
  height: maybe(number),
  duration: maybe(number),
};
export const file = object(ofFile);
export type File = v.InferOutput<typeof file>;

/** The sizes of one photo; an empty list is none. */
export const photo = v.array(file);

export const sticker = object({ ...ofFile, is_animated: flag, is_video: flag, emoji: text });

export const location = object({ latitude: numeric, longitude: numeric });
export const venue = object({ location, title: v.string(), address: text });
