import * as v from 'valibot';
import { idText, maybe, numeric, object } from '../shared/read.ts';

const text = maybe(v.string());

/** One of `value.contacts`: the customer's profile. `wa_id` is absent for those who hide their number. */
export const profile = object({
  wa_id: text,
  user_id: text,
  profile: maybe(object({ name: text, username: text })),
});
export type Profile = v.InferOutput<typeof profile>;

/** The members every message has, whatever its type. `to` and `to_user_id` only in echoes. */
export const message = object({
  id: idText,
  type: v.string(),
  timestamp: v.optional(v.unknown()),
  from: text,
  from_user_id: text,
  to: text,
  to_user_id: text,
  group_id: text,
  context: maybe(object({ id: text, referred_product: maybe(object({ product_retailer_id: maybe(idText) })) })),
});
export type Message = v.InferOutput<typeof message>;

export const media = object({
  id: text,
  url: text,
  mime_type: text,
  caption: text,
  filename: text,
  voice: maybe(v.boolean()),
  animated: maybe(v.boolean()),
});

export const location = object({
  latitude: numeric,
  longitude: numeric,
  name: text,
  address: text,
  url: text,
});

export const contact = object({
  name: maybe(object({ formatted_name: text, first_name: text })),
  phones: maybe(v.array(object({ phone: text, wa_id: text }))),
  emails: maybe(v.array(object({ email: text }))),
  org: maybe(object({ company: text })),
  vcard: text,
  origin: text,
});
export const contacts = v.array(contact);

const choice = object({ id: v.string(), title: v.string(), description: text });

export const interactive = v.union([
  object({ type: v.literal('button_reply'), button_reply: choice }),
  object({ type: v.literal('list_reply'), list_reply: choice }),
  object({
    type: v.literal('nfm_reply'),
    nfm_reply: object({ name: text, body: text, response_json: v.optional(v.unknown()) }),
  }),
  object({
    type: v.literal('call_permission_reply'),
    call_permission_reply: object({ response: v.string() }),
  }),
]);

export const button = object({ payload: text, text: v.string() });

export const reaction = object({ message_id: v.string(), emoji: text });

export const order = object({
  text,
  product_items: v.array(object({ product_retailer_id: idText, quantity: idText })),
});

export const system = object({ body: text, type: text, wa_id: text, new_wa_id: text, user_id: text });

/** What led the customer here: an advertisement or a post. */
export const referral = object({ source_type: text, headline: text, source_url: text, source_id: text });

export const edit = object({
  original_message_id: v.string(),
  message: object({ type: v.string() }),
});

export const apiError = object({
  code: numeric,
  title: text,
  message: text,
  error_data: maybe(object({ details: text })),
});
export type ApiError = v.InferOutput<typeof apiError>;
export const apiErrors = v.array(apiError);

export const status = object({
  id: idText,
  status: v.string(),
  timestamp: v.optional(v.unknown()),
  biz_opaque_callback_data: text,
  pricing: maybe(object({ billable: maybe(v.boolean()), type: text, category: text })),
  errors: maybe(apiErrors),
});
export type Status = v.InferOutput<typeof status>;
