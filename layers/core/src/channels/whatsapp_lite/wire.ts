import * as v from 'valibot';
import { filledText, maybe, number, numeric, object } from '../shared/read.ts';

const text = maybe(v.string());
const flag = maybe(v.boolean());

/** Some engines give an id as an object; `_serialized` is the whole of it. */
export const id = maybe(
  v.union([
    filledText,
    v.pipe(
      object({ _serialized: text, id: text }),
      v.transform((parts) => parts._serialized ?? parts.id),
    ),
  ]),
);

/** What a gateway wraps around an event. `timestamp` is when the event was made; `device_id` is GOWA's own number, `instance` Evolution's session. */
export const envelope = object({
  event: v.string(),
  session: text,
  instance: text,
  device_id: text,
  me: maybe(object({ id: text })),
  timestamp: v.optional(v.unknown()),
  payload: v.optional(v.unknown()),
});

/** One message or receipt, in the names of every known sender of them; which ones are there tells who sent it. */
export const message = object({
  message_id: id,
  messageId: id,
  id,
  ids: maybe(v.array(v.string())),
  from: text,
  from_lid: text,
  participant: text,
  author: text,
  to: text,
  chat_id: text,
  chatId: text,
  fromMe: flag,
  is_from_me: flag,
  message: text,
  body: text,
  text,
  type: text,
  channel: text,
  timestamp: v.optional(v.unknown()),
  contact_name: text,
  contactName: text,
  from_name: text,
  pushName: text,
  notifyName: text,
  hasMedia: flag,
  media_url: text,
  mediaUrl: text,
  media_type: text,
  mediaType: text,
  mimetype: text,
  filename: text,
  media: maybe(object({ url: text, mimetype: text, filename: text })),
  location: maybe(object({ latitude: numeric, longitude: numeric, description: text, name: text, address: text })),
  vCards: maybe(v.array(v.string())),
  reaction: maybe(v.union([object({ text, messageId: id }), v.string()])),
  reacted_message_id: id,
  replyTo: id,
  replied_to_id: id,
  reply_to: id,
  ack: maybe(number),
  ackName: text,
  receipt_type: text,
  status: text,
  _data: maybe(
    object({
      type: text,
      notifyName: text,
      pushName: text,
      key: maybe(object({ remoteJidAlt: text, senderPn: text, participantAlt: text, participantPn: text })),
    }),
  ),
});
export type Message = v.InferOutput<typeof message>;

/** What was taken back or changed names the original. */
export const change = object({
  before: maybe(message),
  after: maybe(message),
  revokedMessageId: id,
  revoked_message_id: id,
  editedMessageId: id,
  original_message_id: id,
});
