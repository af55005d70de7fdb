import { withFewEmptyLines } from './empty-lines.ts';
import { withoutMarks } from './headers.ts';

/** What was newly written, and what it answers or ends with. */
export interface Split {
  text: string;
  quoted?: string;
}

/** Lines are cut before a pattern sees them, so that the longest mail takes time in proportion. */
const MOST_OF_A_LINE = 2000;

/**
 * Takes from a mail's text what it quotes: by the marks that programs leave, not by the words of a language. Where nothing would be
 * left, nothing is taken.
 */
export function splitQuote(text: string): Split {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const heads = lines.map((line) => withoutMarks(line.slice(0, MOST_OF_A_LINE)));
  const taken = Array.from({ length: lines.length }, () => false);
  const end = Math.min(ruleAt(heads), headersAt(heads));
  for (let at = end; at < lines.length; at++) taken[at] = true;
  takeAttributions(heads, taken, end);
  takeOuterQuotes(heads, taken);
  takeSignature(lines, heads, taken);
  const own = joined(lines.filter((_, at) => !taken[at]));
  const quoted = joined(lines.filter((_, at) => taken[at]));
  if (own === '' || quoted === '') return { text: joined(lines) };
  return { text: own, quoted };
}

const RULE = /^(?:-{2,}|_{2,}|={2,}|\*{2,}).{3,60}?(?:-{2,}|_{2,}|={2,}|\*{2,})$|^##- .* -##$/u;
const FROM =
  /^\*?(?:from|von|de|da|van|od|от|від|fra|från|lähettäjä|feladó|kimden|gönderen|από|מאת|من|المرسل|发件人|寄件者|差出人|보낸 사람)\s?\*?\s?[:：]/iu;
const FIELD = /^\*?\p{L}[\p{L}\p{M} ./-]{0,30}\s?\*?\s?[:：]\s?\S/u;

/** `-----Original Message-----`, in whatever language. */
function ruleAt(heads: string[]): number {
  const at = heads.findIndex((line) => RULE.test(line) && /\p{L}/u.test(line));
  return at < 0 ? heads.length : at;
}

/** The headers of the mail answered, as Outlook writes them out, with the line drawn above them. */
function headersAt(heads: string[]): number {
  const at = heads.findIndex((line, index) => FROM.test(line) && fieldsFrom(heads, index) >= 3);
  if (at < 0) return heads.length;
  let start = at;
  while (start > 0 && /^(?:[_-]{5,})?$/.test(heads[start - 1] ?? '')) start--;
  return start;
}

function fieldsFrom(heads: string[], start: number): number {
  let count = 0;
  for (const line of heads.slice(start, start + 7)) {
    if (!FIELD.test(line)) break;
    count++;
  }
  return count;
}

/** «On Friday at 10:12 Mona wrote:» and the quote below it. */
function takeAttributions(heads: string[], taken: boolean[], end: number): void {
  for (let at = 0; at < end; at++) {
    const length = heads[at] === '' || isQuote(heads[at]) ? 0 : attributionAt(heads, at);
    const quote = length === 0 ? -1 : nextQuote(heads, at + length);
    if (quote < 0) continue;
    let after = quote;
    while (after < end && (isQuote(heads[after]) || (heads[after] === '' && isQuote(heads[after + 1])))) after++;
    for (let each = at; each < after; each++) taken[each] = true;
    at = after - 1;
  }
}

/** How many lines (at most three) say who wrote what follows, and when; 0: none. */
function attributionAt(heads: string[], at: number): number {
  let joinedLines = '';
  for (let length = 1; length <= 3; length++) {
    const line = heads[at + length - 1] ?? '';
    if (line === '' || isQuote(line)) return 0;
    joinedLines += ` ${line}`;
    if (/(?:[:：]|写道|写到|wrote)$/u.test(line)) return saysWhoOrWhen(joinedLines) ? length : 0;
  }
  return 0;
}

function saysWhoOrWhen(line: string): boolean {
  const isDated = /\p{Nd}/u.test(line) && /@|\p{Nd}{1,2}[:.h]\p{Nd}{2}/u.test(line);
  return isDated || (line.length < 200 && /(?:^|\s)(?:كتبت?|wrote)(?=[\s:،/])/u.test(line));
}

function nextQuote(heads: string[], from: number): number {
  for (let at = from; at < Math.min(from + 3, heads.length); at++) {
    if (isQuote(heads[at])) return at;
    if (heads[at] !== '') return -1;
  }
  return -1;
}

function isQuote(line: string | undefined): boolean {
  return line?.startsWith('>') ?? false;
}

/** A quote at the end goes; one at the beginning goes when it is the only one: then the answer stands below it. */
function takeOuterQuotes(heads: string[], taken: boolean[]): void {
  const left = heads.flatMap((line, at) => (taken[at] || line === '' ? [] : [at]));
  const last = left.findLastIndex((at) => !isQuote(heads[at]));
  for (const at of left.slice(last + 1)) taken[at] = true;
  const first = left.findIndex((at) => !isQuote(heads[at]));
  const inner = left.slice(first, last + 1).some((at) => isQuote(heads[at]));
  if (first > 0 && !inner) for (const at of left.slice(0, first)) taken[at] = true;
}

const SENT_FROM =
  /^(?:sent from my |sent from .{1,20} for |get outlook for |envoyé de mon |von meinem .{1,30} gesendet|inviato da |أُرسلت من |أرسلت من |تم الإرسال من |الحصول على outlook )/iu;

/** RFC 3676, 4.3: from `-- ` on. And the line a telephone adds. */
function takeSignature(lines: string[], heads: string[], taken: boolean[]): void {
  const start = lines.findLastIndex((line, at) => !taken[at] && /^--\s?$/.test(line.slice(0, 5)));
  if (start > 0) for (let at = start; at < lines.length; at++) taken[at] = true;
  const last = heads.findLastIndex((line, at) => !taken[at] && line !== '');
  if (last > 0 && SENT_FROM.test(heads[last] ?? '')) taken[last] = true;
}

function joined(lines: string[]): string {
  return withFewEmptyLines(lines, 2).join('\n').trim();
}
