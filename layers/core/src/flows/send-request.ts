import * as z from 'zod/mini';
import type { Body, Entity, MediaKind } from '../domain/body.ts';
import { inWords } from '../domain/in-words.ts';
import { ok, refuse } from '../domain/problem.ts';
import type { Result } from '../domain/problem.ts';

/** What a caller asks to be sent, after the two spellings of each name have become one. */
export interface SendRequest {
  to?: string;
  organizationId?: string;
  suitId?: string;
  contactId?: string;
  contactName?: string;
  conversationId?: string;
  channelAccountId?: string;
  clientRef?: string;
  replyToId?: string;
  scheduledAt?: number;
  body: Body;
}

/** Every accepted name and the one it stands for: the product's own, and those of callers that were written for the system before it. */
const names: Record<string, keyof Fields> = {
  to: 'to',
  phone_number: 'to',
  phoneNumber: 'to',
  message: 'message',
  entities: 'entities',
  media_url: 'media_url',
  mediaUrl: 'media_url',
  media_type: 'media_type',
  mediaType: 'media_type',
  location: 'location',
  contacts: 'contacts',
  interactive: 'interactive',
  template: 'template',
  organization_id: 'organization_id',
  organizationId: 'organization_id',
  suit_id: 'suit_id',
  suitId: 'suit_id',
  contact_id: 'contact_id',
  contactId: 'contact_id',
  contact_name: 'contact_name',
  contactName: 'contact_name',
  conversation_id: 'conversation_id',
  conversationId: 'conversation_id',
  channel_account_id: 'channel_account_id',
  channelAccountId: 'channel_account_id',
  client_ref: 'client_ref',
  clientRef: 'client_ref',
  reply_to: 'reply_to',
  reply_to_id: 'reply_to',
  replyTo: 'reply_to',
  scheduled_at: 'scheduled_at',
  scheduledAt: 'scheduled_at',
};

/** Sent by callers of the system before this one; an account's stored credentials count, and `from` there is a label, not an address. */
const ignored = new Set(['from', 'accessToken', 'access_token', 'phoneNumberId', 'phone_number_id']);

const shortText = z.string().check(z.minLength(1), z.maxLength(256));
const webUrl = z.string().check(z.maxLength(2048), z.regex(/^https?:\/\/[^\s]+$/, 'must be an http(s) URL'));
const choice = z.strictObject({ id: shortText, title: shortText, description: z.optional(shortText) });
const link = z.strictObject({ title: shortText, url: webUrl });
const choices = z.array(choice).check(z.minLength(1));
const around = { header: z.optional(shortText), footer: z.optional(shortText) };

const interactive = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('buttons'), buttons: choices, ...around }),
  z.strictObject({ kind: z.literal('quick_replies'), buttons: choices }),
  z.strictObject({
    kind: z.literal('list'),
    button: shortText,
    sections: z.array(z.strictObject({ title: z.optional(shortText), rows: choices })).check(z.minLength(1)),
    ...around,
  }),
  z.strictObject({ kind: z.literal('link_button'), link, ...around }),
  z.strictObject({
    kind: z.literal('carousel'),
    cards: z
      .array(
        z.strictObject({
          text: shortText,
          image: z.optional(webUrl),
          buttons: z.optional(choices),
          link: z.optional(link),
        }),
      )
      .check(z.minLength(1)),
  }),
]);

const entity = z.strictObject({
  type: z.enum([
    'bold',
    'italic',
    'underline',
    'strikethrough',
    'spoiler',
    'code',
    'pre',
    'blockquote',
    'text_link',
    'url',
  ]),
  offset: z.int().check(z.nonnegative()),
  length: z.int().check(z.positive()),
  url: z.optional(webUrl),
  language: z.optional(shortText),
});

const fields = z.object({
  // a browser's push subscription is an address of several hundred characters
  to: z.optional(z.string().check(z.minLength(1), z.maxLength(2048))),
  message: z.optional(z.string().check(z.maxLength(65_536))),
  entities: z.optional(z.array(entity).check(z.maxLength(100))),
  media_url: z.optional(webUrl),
  media_type: z.optional(z.enum(['image', 'video', 'audio', 'document', 'sticker'])),
  location: z.optional(
    z.strictObject({
      latitude: z.number().check(z.minimum(-90), z.maximum(90)),
      longitude: z.number().check(z.minimum(-180), z.maximum(180)),
      name: z.optional(shortText),
      address: z.optional(shortText),
    }),
  ),
  contacts: z.optional(
    z
      .array(
        z.strictObject({
          name: shortText,
          phones: z.array(shortText),
          emails: z.optional(z.array(shortText)),
          organization: z.optional(shortText),
        }),
      )
      .check(z.minLength(1), z.maxLength(257)),
  ),
  interactive: z.optional(interactive),
  template: z.optional(
    z.strictObject({
      name: shortText,
      language: shortText,
      parameters: z.optional(z.union([z.array(z.string()), z.record(z.string(), z.string())])),
    }),
  ),
  organization_id: z.optional(shortText),
  suit_id: z.optional(shortText),
  contact_id: z.optional(shortText),
  contact_name: z.optional(shortText),
  conversation_id: z.optional(shortText),
  channel_account_id: z.optional(shortText),
  client_ref: z.optional(shortText),
  reply_to: z.optional(shortText),
  scheduled_at: z.optional(z.iso.datetime({ offset: true })),
});

type Fields = z.infer<typeof fields>;

/** Reads the JSON of a send. Every refusal names the field as the caller wrote it. */
export function parseSendRequest(json: unknown): Result<SendRequest> {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return refuse(400, 'invalid_body', 'The body must be a JSON object');
  const unified = unify(json as Record<string, unknown>);
  if (!unified.ok) return unified;
  const { values, written } = unified.value;
  const parsed = fields.safeParse(values, inWords);
  if (!parsed.success) return refuseIssue(parsed.error.issues[0], written);
  const body = toBody(parsed.data);
  return body.ok ? ok(toRequest(parsed.data, body.value)) : body;
}

interface Unified {
  values: Record<string, unknown>;
  /** how the caller spelled each field */
  written: Record<string, string>;
}

function unify(json: Record<string, unknown>): Result<Unified> {
  const values: Record<string, unknown> = {};
  const written: Record<string, string> = {};
  for (const [name, value] of Object.entries(json)) {
    const field = Object.hasOwn(names, name) ? names[name] : undefined;
    if (ignored.has(name) || value === null || value === undefined) continue;
    if (!field)
      return refuse(400, 'unknown_field', `'${name}' is not a field of a send`, {
        hint: `Known fields: ${Object.keys(names).join(', ')}`,
      });
    if (written[field] && JSON.stringify(values[field]) !== JSON.stringify(value)) {
      return refuse(400, 'contradiction', `'${written[field]}' and '${name}' mean the same and have different values`);
    }
    values[field] = value;
    written[field] = name;
  }
  return ok({ values, written });
}

function refuseIssue(issue: z.core.$ZodIssue | undefined, written: Record<string, string>) {
  const [field = '', ...rest] = (issue?.path ?? []).map(String);
  const path = [written[field] ?? field, ...rest].join('.');
  return refuse(400, 'invalid_field', `'${path}': ${issue?.message ?? 'is not valid'}`, { details: path });
}

function toBody(data: Fields): Result<Body> {
  const text = data.message === undefined || data.message === '' ? {} : { text: data.message, ...entitiesOf(data) };
  if (data.template) return ok({ type: 'template', template: templateOf(data.template), ...text });
  if (data.interactive)
    return ok({
      type: 'interactive',
      interactive: data.interactive as Extract<Body, { type: 'interactive' }>['interactive'],
      ...text,
    });
  if (data.location) return ok({ type: 'location', ...defined(data.location) });
  if (data.contacts) return ok({ type: 'contacts', contacts: data.contacts.map(defined) });
  if (data.media_url)
    return ok({
      type: data.media_type ?? kindOf(data.media_url),
      media: { status: 'ready', link: data.media_url },
      ...text,
    });
  if (data.media_type)
    return refuse(400, 'missing_field', `'media_type' needs a 'media_url'`, { details: 'media_url' });
  if (data.message) return ok({ type: 'text', text: data.message, ...entitiesOf(data) });
  return refuse(400, 'missing_field', `'message' is required: the text to send (it may be empty only beside media)`, {
    details: 'message',
  });
}

function entitiesOf(data: Fields): { entities?: Entity[] } {
  return data.entities ? { entities: data.entities.map((entity) => defined(entity) as Entity) } : {};
}

function templateOf(template: NonNullable<Fields['template']>): Extract<Body, { type: 'template' }>['template'] {
  const { name, language, parameters } = template;
  return parameters === undefined ? { name, language } : { name, language, parameters };
}

/** What a link's ending says, when the caller did not. */
function kindOf(url: string): MediaKind {
  const ending = /\.([a-z0-9]+)(?:[?#]|$)/i.exec(new URL(url).pathname)?.[1]?.toLowerCase() ?? '';
  if (['jpg', 'jpeg', 'png', 'gif', 'webp'].includes(ending)) return 'image';
  if (['mp4', 'mov', 'avi', '3gp'].includes(ending)) return 'video';
  return ['mp3', 'wav', 'ogg', 'm4a', 'aac', 'amr'].includes(ending) ? 'audio' : 'document';
}

function toRequest(data: Fields, body: Body): SendRequest {
  return defined({
    to: data.to,
    organizationId: data.organization_id,
    suitId: data.suit_id,
    contactId: data.contact_id,
    contactName: data.contact_name,
    conversationId: data.conversation_id,
    channelAccountId: data.channel_account_id,
    clientRef: data.client_ref,
    replyToId: data.reply_to,
    scheduledAt: data.scheduled_at === undefined ? undefined : Date.parse(data.scheduled_at),
    body,
  });
}

/** The object without its undefined members. */
function defined<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
