import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1));

/** A file: `url` may be http(s) or a `data:` URL; without one the phone sends a small sample of its own. */
const media = {
  url: z.optional(text),
  mime: z.optional(text),
  filename: z.optional(text),
  caption: z.optional(z.string()),
  voice: z.optional(z.boolean()),
};

const choice = z.object({ id: z.string(), title: z.string(), description: z.optional(z.string()) });
const link = z.object({ title: z.string(), url: z.string() });

const shown = [
  z.object({ type: z.literal('text'), text }),
  z.object({ type: z.literal('image'), ...media }),
  z.object({ type: z.literal('video'), ...media }),
  z.object({ type: z.literal('audio'), ...media }),
  z.object({ type: z.literal('document'), ...media }),
  z.object({ type: z.literal('sticker'), ...media }),
  z.object({
    type: z.literal('location'),
    latitude: z.number(),
    longitude: z.number(),
    name: z.optional(z.string()),
    address: z.optional(z.string()),
  }),
  z.object({ type: z.literal('contacts'), contacts: z.array(z.object({ name: text, phones: z.array(z.string()) })) }),
  z.object({ type: z.literal('reaction'), message_id: text, emoji: z.string() }),
  /** a tap on a button, a list row or an inline keyboard's button of a message the business sent */
  z.object({ type: z.literal('tap'), message_id: text, id: text }),
] as const;

/** What only a business sends. */
const offered = [
  z.object({
    type: z.literal('interactive'),
    text: z.string(),
    header: z.optional(z.string()),
    footer: z.optional(z.string()),
    /** the label that opens a list */
    button: z.optional(z.string()),
    choices: z.array(choice),
    links: z.array(link),
  }),
  z.object({
    type: z.literal('template'),
    name: z.string(),
    language: z.string(),
    text: z.string(),
    choices: z.array(choice),
    links: z.array(link),
  }),
  z.object({ type: z.literal('poll'), question: z.string(), options: z.array(z.string()) }),
] as const;

/** What a customer does beside writing. `raw` puts anything the provider may send into the webhook's message. */
const acts = [
  z.object({ type: z.literal('edit'), message_id: text, text }),
  z.object({ type: z.literal('unsend'), message_id: text }),
  z.object({ type: z.literal('block') }),
  z.object({ type: z.literal('unblock') }),
  z.object({
    type: z.literal('raw'),
    message: z.record(z.string(), z.unknown()),
    /** Telegram: the kind of update it stands in, if not the usual one */
    update: z.optional(text),
  }),
] as const;

/** A message's content as a phone shows it, the same on every channel. */
export type PhoneBody = z.infer<(typeof shown)[number]> | z.infer<(typeof offered)[number]>;

/** What a customer can do on a phone. */
export type CustomerBody = z.infer<(typeof shown)[number]> | z.infer<(typeof acts)[number]>;

export type MediaBody = Extract<PhoneBody, { type: 'image' | 'video' | 'audio' | 'document' | 'sticker' }>;

/** Body of `POST /phones/{id}/messages`. */
export const writing = z.object({
  account: text,
  text: z.optional(text),
  body: z.optional(z.discriminatedUnion('type', [...shown, ...acts])),
  /** the message replied to */
  reply_to: z.optional(text),
  /** WhatsApp Lite: send the flat `{message_id, from, to, message, timestamp, channel}` instead of the gateway's envelope */
  flat: z.optional(z.boolean()),
  /** WhatsApp Lite: the gateway tells the customer's privacy id, or that and the number, instead of the number */
  as: z.optional(z.enum(['lid', 'both'])),
  /** WhatsApp Lite: the group it is written in, `…@g.us` */
  group: z.optional(z.string().check(z.regex(/^\d[\d-]*@g\.us$/))),
  /** email: the subject, and by which way it comes: the account's webhook unless told */
  subject: z.optional(text),
  via: z.optional(z.literal('smtp')),
});

export type Writing = z.infer<typeof writing>;

export function isMediaBody(body: PhoneBody | CustomerBody): body is MediaBody {
  return ['image', 'video', 'audio', 'document', 'sticker'].includes(body.type);
}

/** The words of a body: its text, caption or title. */
export function wordsOf(body: PhoneBody): string | null {
  switch (body.type) {
    case 'text':
    case 'interactive':
    case 'template':
      return body.text;
    case 'location':
      return body.name ?? body.address ?? null;
    case 'contacts':
      return body.contacts.map((contact) => contact.name).join(', ');
    case 'reaction':
      return body.emoji;
    case 'tap':
      return body.id;
    case 'poll':
      return body.question;
    default:
      return body.caption ?? null;
  }
}
