import * as v from 'valibot';
import { idText as id, maybe, number, object } from './read.ts';

const text = maybe(v.string());
const flag = maybe(v.boolean());
const record = maybe(object({}));

/** One item of `messaging` or `standby`, whatever it tells. */
export const item = object({
  sender: maybe(object({ id: maybe(id) })),
  recipient: maybe(object({ id: maybe(id) })),
  timestamp: v.optional(v.unknown()),
});

/** Where a customer came from: an ad, a link, a product. */
const referral = object({
  ref: text,
  source: text,
  ad_id: maybe(id),
  ads_context_data: maybe(object({ ad_title: text })),
  product: maybe(object({ id })),
});
export type Referral = v.InferOutput<typeof referral>;

export const message = object({
  mid: id,
  text,
  is_echo: flag,
  is_deleted: flag,
  is_unsupported: flag,
  metadata: text,
  attachments: maybe(v.array(v.unknown())),
  quick_reply: maybe(object({ payload: v.string() })),
  reply_to: maybe(object({ mid: text, story: maybe(object({ url: text })) })),
  referral: maybe(referral),
});
export type Message = v.InferOutput<typeof message>;

/** Older forms have `url` and `title` beside an empty payload. */
export const attachment = object({ type: v.string(), url: text, title: text, payload: record });
export type Attachment = v.InferOutput<typeof attachment>;

export const file = object({ url: text, title: text, sticker_id: maybe(id) });

export const place = object({ lat: number, long: number });

const button = object({ type: text, title: v.string(), payload: text, url: text });
export type Button = v.InferOutput<typeof button>;

export const template = object({
  template_type: text,
  text,
  buttons: maybe(v.array(button)),
  elements: maybe(v.array(object({ title: text, subtitle: text, image_url: text, buttons: maybe(v.array(button)) }))),
  product: maybe(object({ elements: v.array(object({ title: text, retailer_id: maybe(id) })) })),
});
export type Template = v.InferOutput<typeof template>;

export const postback = object({ mid: maybe(id), title: text, payload: text, referral: maybe(referral) });

export const reaction = object({ mid: id, action: v.string(), reaction: text, emoji: text });

export const edit = object({ mid: id, text: v.string(), num_edit: maybe(id) });

export const opened = referral;

export const delivery = object({ mids: maybe(v.array(id)), watermark: v.optional(v.unknown()) });

/** Messenger has a time, Instagram the message. */
export const read = object({ watermark: v.optional(v.unknown()), mid: maybe(id) });
