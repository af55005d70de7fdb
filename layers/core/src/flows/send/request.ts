import type { Body, MediaKind } from '../../domain/body.ts';
import { readFields } from '../../domain/fields.ts';
import type { Misfit } from '../../domain/fields.ts';
import type { LocalTime } from '../../domain/local-time.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Problem, Result } from '../../domain/problem.ts';
import type { Written } from '../../domain/recurrence/recurrence.ts';
import type { WindowPolicy } from '../../domain/send-window.ts';
import type { KeptFiles } from '../media/keep-files.ts';
import type { MailRequest } from '../mail/compose.ts';
import { defined } from '../defined.ts';
import { toBody } from './body.ts';
import { fields } from './fields.ts';
import type { Fields } from './fields.ts';
import { timesOf, toWritten } from '../schedule/time-fields.ts';

/** What a caller asks to be sent, after the two spellings of each name have become one. */
export interface SendRequest {
  to?: string;
  /** several recipients, each to get a message of their own */
  recipients?: string[];
  organizationId?: string;
  suitId?: string;
  contactId?: string;
  contactName?: string;
  conversationId?: string;
  channelAccountId?: string;
  clientRef?: string;
  replyToId?: string;
  scheduledAt?: number;
  /** in place of it: a time on the clock of the zone */
  scheduledLocal?: LocalTime;
  timezone?: string;
  /** how it comes again and again */
  recurrence?: Written;
  /** the message to pass on, in place of a body of its own */
  forwardOfId?: string;
  /** the file that was put into our bucket for this message */
  uploadId?: string;
  /** copies of uploads that were kept for it, by their ids: never a caller's */
  kept?: KeptFiles;
  /** what the caller calls the file; missing when that is left to us */
  mediaKind?: MediaKind;
  /** what only a mail has */
  mail?: MailRequest;
  /** the id or name of a template of the library, in place of a body of its own */
  templateId?: string;
  /** what the variables of the body stand for; without it a body of one's own has none */
  variables?: Record<string, string>;
  /** what only the channel knows */
  options?: Record<string, unknown>;
  /** false: what the channel has no form for is refused, not sent in another */
  degrade?: boolean;
  /** its links become short ones that lead through us, and their clicks are counted */
  shortenLinks?: boolean;
  /** what becomes of it if the customer's window has closed when it leaves */
  onWindowClosed?: WindowPolicy;
  /** only looked at: nothing is kept of it */
  dry?: true;
  /** missing when another message is passed on, or a template of the library is to be sent; a reaction's target is still our id of the message */
  body?: Body;
}

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

/** What a message says and to whom, in the product's own names: what is kept of a send that is to be made again. */
export function contentOf(json: object): Record<string, unknown> {
  const named = Object.entries(json).map(([name, value]) => [fieldNamed(name), value as unknown] as const);
  return Object.fromEntries(named.filter(([name]) => !times.has(name) && !ignored.has(name)));
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

function toRequest(data: Fields, body: Body | undefined): SendRequest {
  return defined({
    ...(Array.isArray(data.to) ? { recipients: data.to } : { to: data.to }),
    organizationId: data.organization_id,
    suitId: data.suit_id,
    contactId: data.contact_id,
    contactName: data.contact_name,
    conversationId: data.conversation_id,
    channelAccountId: data.channel_account_id,
    clientRef: data.client_ref,
    replyToId: data.reply_to,
    forwardOfId: data.forward_of,
    uploadId: data.upload_id,
    templateId: data.template_id,
    variables: data.variables,
    mediaKind: data.media_type,
    options: data.options,
    degrade: data.degrade,
    onWindowClosed: data.on_window_closed,
    shortenLinks: data.shorten_links,
    ...mailOf(data),
    ...timesOf(data),
    recurrence: data.recurrence && toWritten(data.recurrence),
    body,
  });
}

function mailOf({ subject, html, cc, attachments }: Fields): Pick<SendRequest, 'mail'> {
  const mail = defined({ subject, html, cc, attachments: attachments?.map(defined) });
  return Object.keys(mail).length > 0 ? { mail } : {};
}
