import { ok, refuse } from '../../domain/problem.ts';
import type { Problem, Result } from '../../domain/problem.ts';
import type { Fields } from './fields.ts';

/** Every accepted name and the one it stands for: the product's own, and those of callers that were written for the system before it. */
const names: Record<string, keyof Fields> = {
  to: 'to',
  phone_number: 'to',
  phoneNumber: 'to',
  message: 'message',
  entities: 'entities',
  format: 'format',
  media_url: 'media_url',
  mediaUrl: 'media_url',
  media_type: 'media_type',
  mediaType: 'media_type',
  upload_id: 'upload_id',
  uploadId: 'upload_id',
  subject: 'subject',
  html: 'html',
  cc: 'cc',
  attachments: 'attachments',
  location: 'location',
  contacts: 'contacts',
  interactive: 'interactive',
  template: 'template',
  template_id: 'template_id',
  templateId: 'template_id',
  variables: 'variables',
  reaction: 'reaction',
  forward_of: 'forward_of',
  forwardOf: 'forward_of',
  options: 'options',
  degrade: 'degrade',
  on_window_closed: 'on_window_closed',
  onWindowClosed: 'on_window_closed',
  shorten_links: 'shorten_links',
  shortenLinks: 'shorten_links',
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
  timezone: 'timezone',
  recurrence: 'recurrence',
};

/** Sent by callers of the system before this one; an account's stored credentials count, and `from` there is a label, not an address. */
const ignored = new Set(['from', 'accessToken', 'access_token', 'phoneNumberId', 'phone_number_id']);

/** When a message leaves, and how often. */
const times = new Set(['scheduled_at', 'timezone', 'recurrence']);

interface Unified {
  values: Record<string, unknown>;
  /** how the caller spelled each field */
  written: Record<string, string>;
}

/** Gives every field the product's own name. Null says nothing. */
export function unify(json: Record<string, unknown>): Result<Unified> {
  const values: Record<string, unknown> = {};
  const written: Record<string, string> = {};
  for (const [name, value] of Object.entries(json)) {
    const field = Object.hasOwn(names, name) ? names[name] : undefined;
    if (ignored.has(name) || value === null || value === undefined) continue;
    if (!field)
      return refuse(400, 'unknown_field', `'${name}' is not a field of a send`, {
        details: name,
        hint: `Known fields: ${Object.keys(names).join(', ')}`,
      });
    if (written[field] && JSON.stringify(values[field]) !== JSON.stringify(value)) {
      return refuse(400, 'contradiction', `'${written[field]}' and '${name}' mean the same and have different values`, {
        details: name,
      });
    }
    values[field] = value;
    written[field] = name;
  }
  return ok({ values, written });
}

/**
 * What a message says and to whom, in the product's own names: what is kept of a send that is to be made again. Null, where no other spelling of the
 * field has a value.
 */
export function contentOf(json: object): Record<string, unknown> {
  const content: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(json) as [string, unknown][]) {
    const field = fieldNamed(name);
    if (!times.has(field) && !ignored.has(field)) content[field] = value ?? content[field] ?? null;
  }
  return content;
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
