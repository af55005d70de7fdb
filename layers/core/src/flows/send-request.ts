import type { Body, Entity, MediaKind } from '../domain/body.ts';
import { readFields } from '../domain/fields.ts';
import type { Misfit } from '../domain/fields.ts';
import { ok, refuse } from '../domain/problem.ts';
import type { Problem, Result } from '../domain/problem.ts';
import { fields } from './send-fields.ts';
import type { Fields } from './send-fields.ts';

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

/** Reads the JSON of a send. Every refusal names the field as the caller wrote it. */
export function parseSendRequest(json: unknown): Result<SendRequest> {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return refuse(400, 'invalid_body', 'The body must be a JSON object');
  const unified = unify(json as Record<string, unknown>);
  if (!unified.ok) return unified;
  const { values, written } = unified.value;
  const read = readFields(fields, values);
  if (!read.ok) return refuseMisfit(read.misfit, written);
  const body = toBody(read.value);
  return body.ok ? ok(toRequest(read.value, body.value)) : body;
}

/** The problem with the fields named as the caller wrote them: `phone_number`, where the flows speak of `to`. */
export function asWritten(problem: Problem, json: unknown): Problem {
  const written = new Map(Object.keys(json as object).map((name) => [fieldNamed(name), name]));
  const spelled = (name: string): string => written.get(name) ?? name;
  const message = problem.message.replaceAll(/'([a-z_]+)'/g, (_, name: string) => `'${spelled(name)}'`);
  return problem.details === undefined
    ? { ...problem, message }
    : { ...problem, message, details: spelled(problem.details) };
}

function fieldNamed(name: string): string {
  return (Object.hasOwn(names, name) && names[name]) || name;
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

function refuseMisfit({ path: [field = '', ...rest], words }: Misfit, written: Record<string, string>) {
  const path = [written[field] ?? field, ...rest].join('.');
  return refuse(400, 'invalid_field', `'${path}': ${words}`, { details: path });
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
