import * as z from 'zod/mini';

const filled = z.string().check(z.minLength(1));
const numberOf = z
  .string()
  .check(z.regex(/^(\d+(@(s\.whatsapp\.net|lid))?|\d[\d-]*@g\.us)$/, 'must be a number or a JID'));

export const key = z.object({ id: filled, remoteJid: z.optional(filled), fromMe: z.optional(z.boolean()) });

const common = { number: numberOf, quoted: z.optional(z.object({ key })), delay: z.optional(z.int()) };

export const text = z.object({ ...common, text: filled, linkPreview: z.optional(z.boolean()) });

export const media = z.object({
  ...common,
  mediatype: z.enum(['image', 'document', 'video', 'audio']),
  mimetype: z.optional(filled),
  media: z.url(),
  fileName: z.optional(filled),
  caption: z.optional(z.string()),
});

export const audio = z.object({ ...common, audio: z.url() });

export const location = z.object({
  ...common,
  latitude: z.number(),
  longitude: z.number(),
  name: z.string(),
  address: z.string(),
});

export const contact = z.object({
  ...common,
  contact: z
    .array(
      z.object({
        fullName: filled,
        wuid: z.optional(z.string().check(z.minLength(10), z.regex(/\d+/))),
        phoneNumber: z.string().check(z.minLength(10)),
        organization: z.optional(z.string()),
        email: z.optional(z.string()),
      }),
    )
    .check(z.minLength(1)),
});

const wholeKey = z.object({ id: filled, remoteJid: filled, fromMe: z.boolean() });

export const reaction = z.object({ key: wholeKey, reaction: z.string() });
export const seen = z.object({ readMessages: z.array(wholeKey).check(z.minLength(1)) });
export const presence = z.object({ number: numberOf, presence: z.literal('composing'), delay: z.int() });
export const update = z.object({ number: numberOf, key: wholeKey, text: filled });

export const creation = z.object({
  instanceName: filled,
  integration: z.literal('WHATSAPP-BAILEYS'),
  qrcode: z.optional(z.boolean()),
  token: z.optional(filled),
});

const events = [
  'QRCODE_UPDATED',
  'CONNECTION_UPDATE',
  'MESSAGES_UPSERT',
  'MESSAGES_UPDATE',
  'MESSAGES_EDITED',
  'MESSAGES_DELETE',
  'SEND_MESSAGE',
  'SEND_MESSAGE_UPDATE',
  'CONTACTS_UPSERT',
  'CONTACTS_UPDATE',
  'GROUPS_UPSERT',
  'GROUP_UPDATE',
] as const;

export const webhook = z.object({
  webhook: z.object({
    enabled: z.boolean(),
    url: filled,
    headers: z.optional(z.record(z.string(), z.string())),
    byEvents: z.optional(z.boolean()),
    base64: z.optional(z.boolean()),
    events: z.optional(z.array(z.enum(events))),
  }),
});
