import * as v from 'valibot';
import { idText as id, maybe, object } from './read.ts';

export const text = maybe(v.string());
const flag = maybe(v.boolean());

/** One item of `messaging` or `standby`, whatever it tells. */
export const item = object({
  sender: maybe(object({ id: maybe(id) })),
  recipient: maybe(object({ id: maybe(id) })),
  timestamp: v.optional(v.unknown()),
});

/** Where a customer came from: an ad, a link, a product. */
export const referral = object({
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

export const delivery = object({ mids: maybe(v.array(id)), watermark: v.optional(v.unknown()) });

/** Messenger has a time, Instagram the message. */
export const read = object({ watermark: v.optional(v.unknown()), mid: maybe(id) });
