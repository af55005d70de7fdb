import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1));
const longest = 4096;

/** Appgain Notify's body for WhatsApp Lite: digits-only numbers, a message beside every file. */
export const notifyBody = z.strictObject({
  UOWHATSAPP: z.strictObject({
    message: text.check(z.maxLength(longest)),
    random_string: z.optional(z.string()),
    imageUrl: z.optional(z.url()),
    documentUrl: z.optional(z.url()),
    receivers: z.optional(
      z.array(z.strictObject({ mobileNum: z.string().check(z.regex(/^[1-9]\d{6,14}$/, 'must be digits only')) })),
    ),
    users_id: z.optional(z.string()),
    target_list_name: z.optional(z.string()),
  }),
});

const chat = {
  session: text,
  chatId: z.string().check(z.regex(/^(\d+(@(c\.us|s\.whatsapp\.net|lid))?|\d[\d-]*@g\.us)$/, 'must be <digits>@c.us')),
  reply_to: z.optional(z.nullable(z.string())),
};

const remote = z.object({ mimetype: text, filename: z.optional(z.nullable(z.string())), url: z.url() });
const binary = z.object({ mimetype: text, filename: z.optional(z.nullable(z.string())), data: z.base64() });

const file = z.object({ ...chat, file: z.union([remote, binary]), caption: z.optional(z.nullable(z.string())) });

/** The gateway's send bodies by path. Members it doesn't know are dropped, as the gateway does. */
export const gatewayBodies = {
  sendText: z.object({ ...chat, text }),
  sendImage: file,
  sendFile: file,
  sendVideo: file,
  sendVoice: file,
  sendLocation: z.object({
    ...chat,
    latitude: z.number(),
    longitude: z.number(),
    title: z.optional(z.nullable(z.string())),
  }),
  sendContactVcard: z.object({
    ...chat,
    contacts: z
      .array(
        z.union([
          z.object({ vcard: text }),
          z.object({ fullName: text, phoneNumber: text, organization: z.optional(z.nullable(z.string())) }),
        ]),
      )
      .check(z.minLength(1)),
  }),
} as const;

export const seenBody = z.object({ session: text, chatId: text, messageId: z.optional(z.nullable(z.string())) });
export const editBody = z.object({ text });

const webhook = z.object({
  url: z.url(),
  events: z.array(
    z.enum([
      'message',
      'message.any',
      'message.ack',
      'message.reaction',
      'message.revoked',
      'message.edited',
      'group.v2.join',
      'group.v2.update',
      'session.status',
    ]),
  ),
  hmac: z.optional(z.nullable(z.object({ key: z.optional(z.string()) }))),
  customHeaders: z.optional(z.nullable(z.array(z.object({ name: text, value: z.string() })))),
});

/** A session's settings: all of them at once. */
export const sessionBody = z.object({
  name: z.optional(text),
  start: z.optional(z.boolean()),
  config: z.optional(z.looseObject({ webhooks: z.optional(z.array(webhook)) })),
});
export const reactionBody = z.object({ session: text, messageId: text, reaction: z.string() });

export type FileBody = z.infer<typeof file>;
export type ContactsBody = z.infer<(typeof gatewayBodies)['sendContactVcard']>;

/** The refused members, one line each. */
export function complaints(error: z.core.$ZodError): string[] {
  return error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
}
