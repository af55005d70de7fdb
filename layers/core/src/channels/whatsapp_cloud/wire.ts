import * as z from 'zod/mini';
import { idText, maybe, numeric } from '../shared/read.ts';

/** What is sealed on the channel account. The secrets that sign webhooks belong to the application. */
export const credentials = z.object({ access_token: z.string().check(z.minLength(1)) });
export type Credentials = z.infer<typeof credentials>;

const text = maybe(z.string());

/** Graph API version; an account's `baseUrl` that ends in a version has its own. */
const VERSION = 'v26.0';

export function graphUrl(baseUrl: string, path: string): string {
  const base = baseUrl.replace(/\/+$/, '');
  return /\/v\d+\.\d+$/.test(base) ? `${base}/${path}` : `${base}/${VERSION}/${path}`;
}

/** One of `value.contacts`: the customer's profile. `wa_id` is absent for those who hide their number. */
export const profile = z.looseObject({
  wa_id: text,
  user_id: text,
  profile: maybe(z.looseObject({ name: text, username: text })),
});
export type Profile = z.infer<typeof profile>;

/** The members every message has, whatever its type. `to` and `to_user_id` only in echoes. */
export const message = z.looseObject({
  id: idText,
  type: z.string(),
  timestamp: z.optional(z.unknown()),
  from: text,
  from_user_id: text,
  to: text,
  to_user_id: text,
  group_id: text,
  context: maybe(z.looseObject({ id: text })),
});
export type Message = z.infer<typeof message>;

export const media = z.looseObject({
  id: text,
  url: text,
  mime_type: text,
  caption: text,
  filename: text,
  voice: maybe(z.boolean()),
  animated: maybe(z.boolean()),
});

export const location = z.looseObject({
  latitude: numeric,
  longitude: numeric,
  name: text,
  address: text,
  url: text,
});

export const contact = z.looseObject({
  name: maybe(z.looseObject({ formatted_name: text, first_name: text })),
  phones: maybe(z.array(z.looseObject({ phone: text, wa_id: text }))),
  emails: maybe(z.array(z.looseObject({ email: text }))),
  org: maybe(z.looseObject({ company: text })),
  vcard: text,
});

const choice = z.looseObject({ id: z.string(), title: z.string(), description: text });

export const interactive = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('button_reply'), button_reply: choice }),
  z.looseObject({ type: z.literal('list_reply'), list_reply: choice }),
  z.looseObject({
    type: z.literal('nfm_reply'),
    nfm_reply: z.looseObject({ name: text, body: text, response_json: z.optional(z.unknown()) }),
  }),
  z.looseObject({
    type: z.literal('call_permission_reply'),
    call_permission_reply: z.looseObject({ response: z.string() }),
  }),
]);

export const button = z.looseObject({ payload: text, text: z.string() });

export const reaction = z.looseObject({ message_id: z.string(), emoji: text });

export const order = z.looseObject({
  text,
  product_items: z.array(z.looseObject({ product_retailer_id: idText, quantity: idText })),
});

export const system = z.looseObject({ body: text, type: text, wa_id: text, new_wa_id: text, user_id: text });

export const edit = z.looseObject({
  original_message_id: z.string(),
  message: z.looseObject({ type: z.string() }),
});

export const revoke = z.looseObject({ original_message_id: z.string() });

export const apiError = z.looseObject({ code: numeric, title: text });

export const status = z.looseObject({
  id: idText,
  status: z.string(),
  timestamp: z.optional(z.unknown()),
  biz_opaque_callback_data: text,
  errors: maybe(z.array(apiError)),
});

/** Answer to a send that was taken. */
export const sent = z.looseObject({ messages: z.array(z.looseObject({ id: z.string() })) });

/** Answer to anything refused. */
export const refused = z.looseObject({ error: z.looseObject({ code: z.number() }) });

/** Answer to a look-up of a media id. */
export const mediaAnswer = z.looseObject({ url: z.string() });
