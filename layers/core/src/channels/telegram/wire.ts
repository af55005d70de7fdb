import * as z from 'zod/mini';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { maybe, numeric } from '../shared/read.ts';

export const credentials = z.object({
  bot_token: z.string().check(z.regex(/^\d+:[A-Za-z0-9_-]+$/)),
  secret_token: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,256}$/)),
});
export type Credentials = z.infer<typeof credentials>;

const text = maybe(z.string());
const whole = z.number().check(z.int());

/** Chat and user ids need up to 52 bits, so a number holds them. */
export const chat = z.looseObject({
  id: whole,
  type: text,
  title: text,
  username: text,
  first_name: text,
  last_name: text,
});
export type Chat = z.infer<typeof chat>;

export const user = z.looseObject({ id: whole, username: text, first_name: text, last_name: text });
export type User = z.infer<typeof user>;

/** What names a message: enough of a reply's original, of an edited one, of an answer to a send. */
export const messageRef = z.looseObject({
  message_id: whole,
  ephemeral_message_id: maybe(z.union([z.string(), z.number()])),
  chat: z.looseObject({ id: whole }),
  business_connection_id: text,
});
export type MessageRef = z.infer<typeof messageRef>;

const button = z.looseObject({ text: z.string(), callback_data: text });
const markup = z.looseObject({ inline_keyboard: z.array(z.array(button)) });

export const message = z.looseObject({
  ...messageRef.def.shape,
  chat,
  date: maybe(z.number()),
  edit_date: maybe(z.number()),
  from: maybe(user),
  sender_business_bot: z.optional(z.unknown()),
  reply_to_message: maybe(messageRef),
  reply_markup: maybe(markup),
});
export type Message = z.infer<typeof message>;

export const entity = z.looseObject({
  type: z.string(),
  offset: whole,
  length: whole,
  url: text,
  language: text,
  user: maybe(user),
});

export const file = z.looseObject({
  file_id: z.string(),
  file_name: text,
  mime_type: text,
  file_size: maybe(z.number()),
});
export type File = z.infer<typeof file>;

export const photo = z.array(file).check(z.minLength(1));

export const sticker = z.looseObject({
  ...file.def.shape,
  is_animated: maybe(z.boolean()),
  is_video: maybe(z.boolean()),
  emoji: text,
});

export const location = z.looseObject({ latitude: numeric, longitude: numeric });
export const venue = z.looseObject({ location, title: z.string(), address: text });
export const contact = z.looseObject({ phone_number: z.string(), first_name: text, last_name: text, vcard: text });

export const callback = z.looseObject({
  id: z.string(),
  from: user,
  message: maybe(z.looseObject({ ...messageRef.def.shape, chat, reply_markup: maybe(markup) })),
  data: text,
  game_short_name: text,
});

export const reactionUpdate = z.looseObject({
  chat,
  message_id: whole,
  date: maybe(z.number()),
  user: maybe(user),
  new_reaction: z.array(z.looseObject({ type: z.string(), emoji: text })),
});

export const membership = z.looseObject({
  chat,
  date: maybe(z.number()),
  new_chat_member: z.looseObject({ status: z.string() }),
});

export const deletion = z.looseObject({ business_connection_id: z.string(), chat, message_ids: z.array(whole) });

/** Answer to a send that was taken: the message, or `true`. */
export const sent = z.looseObject({ ok: z.literal(true), result: z.optional(z.unknown()) });

export const refused = z.looseObject({
  ok: z.literal(false),
  error_code: z.number(),
  description: text,
  parameters: maybe(z.looseObject({ retry_after: maybe(z.number()), migrate_to_chat_id: maybe(z.number()) })),
});

export const fileAnswer = z.looseObject({ ok: z.literal(true), result: z.looseObject({ file_path: z.string() }) });

/** The token is part of the address: such a URL is never stored or shown. */
export function methodUrl(account: ConnectedAccount<Credentials>, method: string): string {
  return `${account.baseUrl.replace(/\/+$/, '')}/bot${account.credentials.bot_token}/${method}`;
}

export function fileUrl(account: ConnectedAccount<Credentials>, path: string): string {
  return `${account.baseUrl.replace(/\/+$/, '')}/file/bot${account.credentials.bot_token}/${encodeURI(path)}`;
}
