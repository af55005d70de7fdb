import type { Attachment, Email as Mail } from 'postal-mime';
import type { Email, Media } from '../../domain/body.ts';
import type { KeepFile, MailFile } from '../contract.ts';
import { compact } from '../shared/read.ts';
import { sanitise } from './mail/html.ts';
import { textOfHtml } from './mail/html-text.ts';
import { idsIn, oneLine } from './mail/headers.ts';
import { splitQuote } from './mail/quote.ts';

/** A message is one item of the table, so what it holds is bounded; the whole is in the original. */
const MOST_TEXT = 65_536;
const MOST_QUOTED = 8192;
const MOST_READ = 1024 * 1024;
const MOST_FILES = 100;
const MOST_REFERENCES = 20;

/** What a mail says, its files kept. */
export async function bodyOf(mail: Mail, bytes: Uint8Array<ArrayBuffer>, keep: KeepFile): Promise<Email> {
  const words = (saysSomething(mail.text) ? mail.text : textOfHtml(mail.html ?? '')).slice(0, MOST_READ).toWellFormed();
  const { text, quoted } = splitQuote(words);
  const clean = mail.html === undefined ? undefined : sanitise(mail.html);
  const attachments: Media[] = [];
  for (const [index, part] of mail.attachments.slice(0, MOST_FILES).entries())
    attachments.push(await keepPart(part, index, keep));
  return {
    subject: oneLine(mail.subject ?? '', 998),
    text: text.slice(0, MOST_TEXT).toWellFormed(),
    attachments,
    original: await keepOriginal(bytes, keep),
    ...compact({
      quoted: quoted?.slice(0, MOST_QUOTED).toWellFormed(),
      html: clean === undefined ? undefined : await keep(htmlFile(clean)),
    }),
    ...referencesOf(mail),
  };
}

/** What is not seen says nothing: programs put it where the words are in HTML only. */
function saysSomething(text: string | undefined): text is string {
  return /[^\s\p{Cf}\p{Cc}]/u.test(text ?? '');
}

/** Keeps a mail as it came. */
export function keepOriginal(bytes: Uint8Array<ArrayBuffer>, keep: KeepFile): Promise<Media> {
  return keep({ name: 'original.eml', bytes, mime: 'message/rfc822', filename: 'original.eml' });
}

function htmlFile(html: string): MailFile {
  return {
    name: 'body.html',
    bytes: new TextEncoder().encode(html),
    mime: 'text/html; charset=utf-8',
    filename: 'body.html',
  };
}

async function keepPart(part: Attachment, index: number, keep: KeepFile): Promise<Media> {
  const { content, filename, contentId, mimeType } = part;
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
  const name = fileName(filename ?? '') ?? defaultName(mimeType, index);
  const mime = /^[\w.+-]{1,80}\/[\w.+-]{1,80}$/.test(mimeType) ? mimeType.toLowerCase() : 'application/octet-stream';
  const kept = await keep({ name: String(index + 1), bytes, mime, filename: name, attached: true });
  const id = contentId?.replaceAll(/^\s*<|>\s*$/g, '').slice(0, 255);
  return { ...kept, ...(id ? { contentId: id } : {}) };
}

/** A name alone: no folder, nothing that steers, nothing that turns around how it reads. */
function fileName(text: string): string | undefined {
  const bare = oneLine(text.split(/[/\\]/).at(-1) ?? '', 200).replace(/^\.+/, '');
  return bare === '' ? undefined : bare;
}

const endings: Record<string, string> = {
  'text/calendar': 'invite.ics',
  'message/rfc822': 'message.eml',
  'message/delivery-status': 'delivery-status.txt',
  'text/plain': 'text.txt',
  'text/html': 'page.html',
};

function defaultName(mime: string, index: number): string {
  return endings[mime.toLowerCase()] ?? `file-${index + 1}`;
}

/** The first says where the thread began, the last what is answered. */
function referencesOf(mail: Mail): { references?: string[] } {
  const all = [...new Set([...idsIn(mail.references), ...idsIn(mail.inReplyTo).slice(0, 1)])].filter(
    ({ length }) => length <= 255,
  );
  if (all.length === 0) return {};
  return { references: all.length <= MOST_REFERENCES ? all : [...all.slice(0, 1), ...all.slice(1 - MOST_REFERENCES)] };
}
