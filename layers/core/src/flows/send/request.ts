import type { Body, MediaKind } from '../../domain/body.ts';
import { compact } from '../../domain/compact.ts';
import { readFields } from '../../domain/fields.ts';
import type { Misfit } from '../../domain/fields.ts';
import type { LocalTime } from '../../domain/local-time.ts';
import { refuseMisfit } from '../../domain/misfit.ts';
import { ok } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import type { Written } from '../../domain/recurrence/recurrence.ts';
import type { WindowPolicy } from '../../domain/send-window.ts';
import type { KeptFiles } from '../media/keep-files.ts';
import type { MailRequest } from '../mail/compose.ts';
import { toBody } from './body.ts';
import { unify } from './field-names.ts';
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

/** Reads the JSON object of a send. Every refusal names the field as the caller wrote it. */
export function parseSendRequest(json: Record<string, unknown>): Result<SendRequest> {
  const unified = unify(json);
  if (!unified.ok) return unified;
  const { values, written } = unified.value;
  const read = readFields(fields, values);
  if (!read.ok) return refuseMisfit(asSpelled(read.misfit, written));
  const body = toBody(read.value);
  return body.ok ? ok(toRequest(read.value, body.value)) : body;
}

function asSpelled({ path: [field = '', ...rest], ...misfit }: Misfit, written: Record<string, string>): Misfit {
  return { ...misfit, path: [written[field] ?? field, ...rest] };
}

function toRequest(data: Fields, body: Body | undefined): SendRequest {
  return compact({
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
  const mail = compact({ subject, html, cc, attachments: attachments?.map(compact) });
  return Object.keys(mail).length > 0 ? { mail } : {};
}
