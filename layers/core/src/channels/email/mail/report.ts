import type { Attachment, Email } from 'postal-mime';
import type { Verdict } from '../../contract.ts';
import { sendErrorOf } from '../../shared/receipt.ts';
import { addressOf } from '../address.ts';
import { enhancedIn, failureOf, isGone, meantBy } from '../codes.ts';
import { headerOf, idsIn } from './headers.ts';

/** What a bounce or complaint says, and the Message-IDs it says it of. */
export interface Report {
  ids: string[];
  verdicts: Verdict[];
}

/** A report in the form made for it (RFC 3464, RFC 5965), or one in words. Undefined when it is none. */
export function readReport(mail: Email, looksLikeOne: boolean): Report | undefined {
  // what a person attaches, a bounce they got or a report they ask about, is no report to us
  if (!looksLikeOne && !/^multipart\/report\b/i.test(headerOf(mail, 'content-type') ?? '')) return undefined;
  const part = (...types: string[]) => mail.attachments.find(({ mimeType }) => types.includes(mimeType.toLowerCase()));
  const complaint = part('message/feedback-report');
  const status = part('message/delivery-status', 'message/global-delivery-status');
  const original = part(
    'message/rfc822',
    'message/rfc822-headers',
    'text/rfc822-headers',
    'message/global',
    'message/global-headers',
  );
  const ids = [
    ...originalIds(textOfPart(original)),
    ...idsIn(headerOf(mail, 'in-reply-to')),
    ...idsIn(headerOf(mail, 'references')),
  ];
  if (complaint) return { ids, verdicts: complained(fieldsOf(textOfPart(complaint))) };
  const fields = status ? textOfPart(status) : looksLikeOne ? pasted(mail.text ?? '') : undefined;
  if (fields !== undefined) return delivery(fields, ids, mail.text ?? '');
  return looksLikeOne ? inWords(mail, ids) : undefined;
}

/** Not all feedback is one: also that it was no spam (RFC 6430), and that a signature did not hold (RFC 6591). */
function complained(fields: Fields): Verdict[] {
  if (/^(?:not-spam|auth-failure)\b/i.test(fields.get('feedback-type') ?? '')) return [];
  const address = addressIn(fields.get('original-rcpt-to'));
  return [{ unreachable: 'complained', ...(address ? { address } : {}) }];
}

/** The first block is of the message, each further one of a recipient. `beside`: what the report says to people. */
function delivery(text: string, ids: string[], beside: string): Report {
  const [message = new Map<string, string>(), ...recipients] = text
    .replaceAll('\r\n', '\n')
    .split(/\n(?:[ \t]*\n)+/)
    .slice(0, 100)
    .map(fieldsOf)
    .filter(({ size }) => size > 0);
  const envelopeId = message.get('original-envelope-id');
  const own = recipients.length === 0 && message.has('action') ? [message] : recipients;
  return {
    ids: [...(envelopeId ? [unescaped(envelopeId)] : []), ...ids],
    verdicts: own.flatMap((fields) => verdictOf(fields, beside) ?? []),
  };
}

function verdictOf(fields: Fields, beside: string): Verdict | undefined {
  const action = fields.get('action')?.toLowerCase();
  const address = addressIn(fields.get('original-recipient') ?? fields.get('final-recipient'));
  const named = address ? { address } : {};
  if (action === 'delivered') return { ...named, status: 'DELIVERED' };
  if (action !== 'failed' && action !== 'expired') return undefined;
  const words = fields.get('diagnostic-code') ?? wordsBelow(beside, fields.get('final-recipient'));
  return { ...named, ...failed(enhancedIn(fields.get('status') ?? ''), words) };
}

/** Exim says why it gave up itself to people only: in the lines below the address. */
function wordsBelow(text: string, recipient = ''): string {
  const lines = text.slice(0, 65_536).split('\n');
  const address = recipient.replace(/^[^;]*;\s*/, '');
  const at = address === '' ? -1 : lines.findIndex((line) => line.trim() === address);
  if (at < 0) return '';
  const below = lines.slice(at + 1, at + 6);
  const end = below.findIndex((line) => !/^\s+\S/.test(line));
  return below
    .slice(0, end < 0 ? below.length : end)
    .map((line) => line.trim())
    .join(' ');
}

/** Exim says `5.0.0` of everything: then the other server's own words are the more exact. */
function failed(status: string | undefined, words: string): Verdict {
  const own = isVague(status) ? (enhancedIn(words) ?? status) : status;
  const reply = /\b([45]\d\d)\b/.exec(words)?.[1];
  const meant = isVague(own) ? (meantBy(words) ?? own) : own;
  const code = isVague(meant) && reply !== undefined ? Number(reply) : undefined;
  return {
    status: 'FAILED',
    // the report says that nobody tries any more, whatever the code says
    error: sendErrorOf({ ...failureOf(code, `${meant ?? ''} ${words}`), permanent: true }, own ?? reply ?? 'bounced'),
    detail: 'bounced',
    ...(isGone(own, words) ? { unreachable: 'gone' } : {}),
  };
}

function isVague(enhanced: string | undefined): boolean {
  return enhanced === undefined || enhanced.endsWith('.0.0');
}

/** What SES tells of a bounce, in its own fields. */
export function bounce(
  address: string,
  { status, words = '', passing = false }: { status?: string; words?: string; passing?: boolean },
): Verdict {
  const own = addressOf(address);
  const { unreachable, ...verdict } = failed(enhancedIn(status ?? ''), words);
  return { ...verdict, ...(own ? { address: own } : {}), ...(unreachable && !passing ? { unreachable } : {}) };
}

/** A report of a server that puts its fields among the words. */
function pasted(text: string): string | undefined {
  const at = text.slice(0, 65_536).search(/^Final-Recipient:/im);
  return at < 0 ? undefined : `Reporting-MTA: text\n\n${text.slice(at, at + 16_384)}`;
}

/** No fields at all: that it failed is known, and the code in the words says why. */
function inWords(mail: Email, ids: string[]): Report {
  const text = (mail.text ?? '').slice(0, 65_536);
  const address = addressIn(headerOf(mail, 'x-failed-recipients')?.split(',')[0]);
  const isDelay = /delay|will (?:be )?retr|not a fatal|warning/i.test(mail.subject ?? '');
  const verdict = { ...(address ? { address } : {}), ...failed(enhancedIn(text), lineWithCode(text)) };
  return { ids: [...ids, ...originalIds(text)], verdicts: isDelay ? [] : [verdict] };
}

function lineWithCode(text: string): string {
  return (
    text
      .split('\n')
      .find((line) => /\b[45]\d\d[ -]|\b[45]\.\d{1,3}\.\d{1,3}\b/.test(line.slice(0, 500)))
      ?.slice(0, 500) ?? ''
  );
}

/** The Message-ID in the headers of the mail that came back. */
function originalIds(text: string): string[] {
  const header = /^Message-ID:[ \t]*(?:\r?\n[ \t]+)?(<[^<>\s]{1,998}>)/im.exec(text.slice(0, 262_144));
  return idsIn(header?.[1]);
}

type Fields = Map<string, string>;

function fieldsOf(block: string): Fields {
  const lines = block
    .slice(0, 16_384)
    .replaceAll(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/);
  return new Map(
    lines.flatMap((line) => {
      const [, name, value] = /^([\w-]{1,50}):\s*(.*)$/.exec(line.slice(0, 4000)) ?? [];
      return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value.trim()] as const];
    }),
  );
}

/** `rfc822; mona@example.com` */
function addressIn(field: string | undefined): string | undefined {
  return addressOf((field ?? '').replace(/^[^;]*;/, '').replaceAll(/[<>\s]/g, ''));
}

/** xtext (RFC 3461, 4): `+2B` is `+`. */
function unescaped(text: string): string {
  return text
    .replaceAll(/[<>]/g, '')
    .replaceAll(/\+([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function textOfPart(part: Attachment | undefined): string {
  if (!part) return '';
  return typeof part.content === 'string' ? part.content : new TextDecoder().decode(part.content);
}
