import { cutText } from './rich-text/cut-text.ts';

/** What programs put before the subject of an answer or of a mail passed on, in the languages they speak. */
const PREFIX =
  /^\s*(?:re|aw|sv|vs|odp|antw|rif|ref|res|ynt|fw|fwd|wg|tr|rv|enc|i|رد|ردّ|إعادة توجيه|回复|答复|转发|返信|転送)\s*(?:\[\d{1,3}\]|\(\d{1,3}\))?\s*[:：]/iu;
/** `[Ticket 12]` and the like */
const TAG = /^\s*\[[^\]]{1,40}\]/u;
const MOST_PREFIXES = 10;
const MOST_CHARACTERS = 255;

/** The subject of the answer to a mail: with one `Re:`, and as it was otherwise. */
export function answerSubject(subject: string): string {
  const bare = withoutPrefixes(subject, false);
  return bare === '' ? '' : cutText(`Re: ${bare}`, MOST_CHARACTERS, 'utf16');
}

/** What a subject is about, the same for a mail and its answers; undefined when that says nothing. */
export function topicOf(subject: string): string | undefined {
  const topic = withoutPrefixes(subject.normalize('NFC'), true).replaceAll(/\s+/g, ' ').trim().toLowerCase();
  return topic.length < 4 || GENERIC.has(topic) ? undefined : topic;
}

/** Whether it begins as the subjects of answers do. */
export function isAnswer(subject: string): boolean {
  return PREFIX.test(subject.slice(0, 100));
}

/** Subjects that many mails have that have nothing to do with each other. */
const GENERIC = new Set([
  'hello',
  'hi there',
  'question',
  'help',
  'order',
  'invoice',
  'urgent',
  'test',
  'مرحبا',
  'استفسار',
  'سؤال',
]);

function withoutPrefixes(subject: string, tags: boolean): string {
  let rest = subject.slice(0, 998);
  for (let count = 0; count < MOST_PREFIXES; count++) {
    const next = rest.replace(PREFIX, '').replace(tags ? TAG : /^$/, '');
    if (next === rest) break;
    rest = next;
  }
  return rest.trim();
}
