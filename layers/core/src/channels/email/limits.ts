import type { Body, Email, Media } from '../../domain/body.ts';
import type { Problem } from '../../domain/problem.ts';
import {
  ableOf,
  cannotSend,
  checkCount,
  checkLink,
  checkSize,
  checkText,
  checkUrl,
  firstOf,
  unprocessable,
} from '../shared/limits.ts';
import { addressOf } from './address.ts';
import { capabilities } from './capabilities.ts';
import { manifest } from './manifest.ts';

/** Longer ones are cut by what shows them; RFC 5322 has 998 bytes for a line. */
const SUBJECT = { field: 'subject', max: 255, unit: 'utf16', optional: true } as const;
const MOST_FILES = 20;
const MOST_COPIES = 50;
const MOST_HTML_BYTES = 1024 * 1024;

const ABLE = ableOf(capabilities);

/** What mail servers everywhere take. */
export function check(body: Body): Problem | undefined {
  switch (body.type) {
    case 'text':
      return checkWords(body.text, false);
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
      return firstOf([checkLink(body.media), checkFiles([body.media]), checkWords(body.text, true)]);
    case 'email':
      return checkMail(body);
    default:
      return cannotSend(manifest.label, body.type, ABLE);
  }
}

function checkMail(body: Email): Problem | undefined {
  return firstOf([
    checkText(body.subject, SUBJECT),
    /[\p{Cc}\u2028\u2029]/u.test(body.subject)
      ? unprocessable('invalid', 'subject must be one line of text')
      : undefined,
    checkWords(body.text, body.attachments.length > 0 || body.html !== undefined),
    checkCount('cc', body.cc?.length ?? 0, 0, MOST_COPIES),
    ...(body.cc ?? []).map((each, index) =>
      addressOf(each) === undefined
        ? unprocessable('invalid_recipient', `cc[${index}] must be an email address`)
        : undefined,
    ),
    body.html && checkSize(body.html, MOST_HTML_BYTES),
    checkFiles(body.attachments),
    ...body.attachments.map((file, index) =>
      file.key === undefined ? checkUrl(`attachments[${index}].url`, file.link) : undefined,
    ),
  ]);
}

function checkWords(text: string | undefined, optional: boolean): Problem | undefined {
  return checkText(text, { field: 'message', optional, ...capabilities.text });
}

/** All together: a server counts the whole mail. */
function checkFiles(files: Media[]): Problem | undefined {
  const max = capabilities.media.document?.maxBytes ?? 0;
  const total = files.reduce((sum, { size = 0 }) => sum + size, 0);
  return firstOf([
    checkCount('attachments', files.length, 0, MOST_FILES),
    total > max ? unprocessable('too_large', `attachments have ${total} bytes; the limit is ${max} bytes`) : undefined,
  ]);
}
