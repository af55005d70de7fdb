import * as z from 'zod/mini';
import { maybe, numeric } from '../shared/read.ts';

const secret = z.string().check(z.minLength(1));

/** Appgain Notify: sends for a suit. */
const notify = z.object({
  kind: z.literal('notify'),
  suit_id: secret,
  api_key: secret,
  webhook_secret: secret,
});
export type NotifyCredentials = z.infer<typeof notify>;

/** A WhatsApp gateway of the business's own, with the HTTP API of WAHA. */
const gateway = z.object({
  kind: z.literal('gateway'),
  session: secret,
  api_key: secret,
  webhook_secret: secret,
});
export type GatewayCredentials = z.infer<typeof gateway>;

export const credentials = z.discriminatedUnion('kind', [notify, gateway]);
export type Credentials = z.infer<typeof credentials>;

const text = maybe(z.string());
const flag = maybe(z.boolean());

/** Some engines give an id as an object; `_serialized` is the whole of it. */
const id = maybe(
  z.union([
    z.string().check(z.minLength(1)),
    z.pipe(
      z.looseObject({ _serialized: text, id: text }),
      z.transform((parts) => parts._serialized ?? parts.id),
    ),
  ]),
);

/** What a gateway wraps around an event. `timestamp` is when the event was made; `device_id` is GOWA's own number. */
export const envelope = z.looseObject({
  event: z.string(),
  session: text,
  device_id: text,
  me: maybe(z.looseObject({ id: text })),
  timestamp: z.optional(z.unknown()),
  payload: z.optional(z.unknown()),
});

/** One message or receipt, in the names of every known sender of them; which ones are there tells who sent it. */
export const message = z.looseObject({
  message_id: id,
  messageId: id,
  id,
  ids: maybe(z.array(z.string())),
  from: text,
  from_lid: text,
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
  timestamp: z.optional(z.unknown()),
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
  media: maybe(z.looseObject({ url: text, mimetype: text, filename: text })),
  location: maybe(
    z.looseObject({ latitude: numeric, longitude: numeric, description: text, name: text, address: text }),
  ),
  vCards: maybe(z.array(z.string())),
  reaction: maybe(z.looseObject({ text, messageId: id })),
  replyTo: maybe(z.looseObject({ id })),
  replied_to_id: id,
  reply_to: id,
  ack: maybe(z.number()),
  ackName: text,
  receipt_type: text,
  status: text,
  _data: maybe(
    z.looseObject({
      type: text,
      notifyName: text,
      pushName: text,
      key: maybe(z.looseObject({ remoteJidAlt: text, senderPn: text })),
    }),
  ),
});
export type Message = z.infer<typeof message>;

/** A deletion or an edit names the original. */
export const change = z.looseObject({
  before: maybe(message),
  after: maybe(message),
  revokedMessageId: id,
  editedMessageId: id,
});

/** Answer to a send, of either provider: the id stands under one of these names. */
export const sent = z.looseObject({
  messageId: id,
  id,
  key: maybe(z.looseObject({ id })),
  status: text,
});

/** A gateway's answer when its session is not connected. */
export const sessionProblem = z.looseObject({ status: z.enum(['STOPPED', 'STARTING', 'SCAN_QR_CODE', 'FAILED']) });
