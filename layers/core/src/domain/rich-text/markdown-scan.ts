import type { EntityType } from '../body.ts';
import { compact } from '../compact.ts';
import type { Span } from './spans.ts';
import { addressEnd, isSpace, wordEndsAt, wordStartsAt } from './words.ts';

/** Formatting, by its places in the Markdown. */
export interface Found extends Span {
  type: EntityType;
  url?: string;
  language?: string;
}

/** What a text in Markdown holds. */
export interface Scanned {
  found: Found[];
  /** what is not part of the text: marks, addresses of links, backslashes; in order */
  cuts: Span[];
}

interface Scan extends Scanned {
  text: string;
  /** of each mark, where it last opened */
  opened: Map<string, Span>;
  /** marks of code that occur no more */
  absent: Set<string>;
}

const FENCE = '```';
const ESCAPABLE = /[\\*_~|`[\]()>]/;
const LANGUAGE = /([\w+#.-]{1,32})?\n/y;
const ADDRESS = /https?:\/\/[^\s`\]|]+/iy;
const TARGET = /\]\(((?:https?:\/\/|mailto:|tel:)[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)\)/iy;
const MOST_ADDRESS = 2048;

/** What a run of each sign may be a mark of, by its length. */
const styles: Record<string, EntityType> = {
  '**': 'bold',
  '*': 'italic',
  _: 'italic',
  __: 'underline',
  '~~': 'strikethrough',
  '||': 'spoiler',
};

/** Finds the marks of a text in Markdown, in one pass. No two things found cross each other. */
export function scanMarkdown(text: string): Scanned {
  const scan: Scan = { text, found: [], cuts: [], opened: new Map(), absent: new Set() };
  for (let at = 0; at < text.length;) at = step(scan, at);
  return { found: scan.found, cuts: scan.cuts.toSorted((one, other) => one.start - other.start) };
}

/** Takes what stands at this place, and says where to go on. */
function step(scan: Scan, at: number): number {
  const { text } = scan;
  if ((at === 0 || text[at - 1] === '\n') && text.startsWith('> ', at)) return quote(scan, at);
  switch (text[at]) {
    case '\\':
      return escape(scan, at);
    case '\n':
      if (text[at + 1] === '\n') scan.opened.clear();
      return at + 1;
    case '`':
      return text.startsWith(FENCE, at) ? fenced(scan, at) : code(scan, at);
    case '[':
      scan.opened.set('[', { start: at, end: at + 1 });
      return at + 1;
    case ']':
      return link(scan, at);
    case '*':
    case '_':
    case '~':
    case '|':
      return run(scan, at);
    default:
      return Math.max(at + 1, addressEnd(text, at, ADDRESS));
  }
}

/** A quoted line holds its line break where the next one is quoted too, so that they become one quote. */
function quote({ text, found, cuts }: Scan, at: number): number {
  const start = at + 2;
  const lineEnd = text.indexOf('\n', start);
  const end = lineEnd === -1 ? text.length : text.startsWith('> ', lineEnd + 1) ? lineEnd + 1 : lineEnd;
  found.push({ type: 'blockquote', start, end });
  cuts.push({ start: at, end: start });
  return start;
}

function escape({ text, cuts }: Scan, at: number): number {
  if (!ESCAPABLE.test(text[at + 1] ?? '')) return at + 1;
  cuts.push({ start: at, end: at + 1 });
  return at + 2;
}

function fenced(scan: Scan, at: number): number {
  const { text, found, cuts } = scan;
  const close = nextMark(scan, FENCE, at);
  if (close === undefined) return at + FENCE.length;
  LANGUAGE.lastIndex = at + FENCE.length;
  const head = LANGUAGE.exec(text);
  const start = at + FENCE.length + (head?.[0].length ?? 0);
  const end = text[close - 1] === '\n' ? close - 1 : close;
  if (end <= start) return at + FENCE.length;
  found.push({ type: 'pre', start, end, ...compact({ language: head?.[1] }) });
  cuts.push({ start: at, end: start }, { start: end, end: close + FENCE.length });
  return close + FENCE.length;
}

function code(scan: Scan, at: number): number {
  const { text, found, cuts } = scan;
  const close = nextMark(scan, '`', at);
  if (close === undefined || close === at + 1 || text.slice(at, close).includes('\n')) return at + 1;
  found.push({ type: 'code', start: at + 1, end: close });
  cuts.push({ start: at, end: at + 1 }, { start: close, end: close + 1 });
  return close + 1;
}

/** Where this mark comes next. That it comes no more is looked for once. */
function nextMark({ text, absent }: Scan, mark: string, at: number): number | undefined {
  if (absent.has(mark)) return undefined;
  const next = text.indexOf(mark, at + mark.length);
  if (next !== -1) return next;
  absent.add(mark);
  return undefined;
}

function link(scan: Scan, at: number): number {
  const open = scan.opened.get('[');
  TARGET.lastIndex = at;
  const url = open && open.end < at ? TARGET.exec(scan.text)?.[1] : undefined;
  if (!open || url === undefined || url.length > MOST_ADDRESS || !URL.canParse(url)) return at + 1;
  const end = TARGET.lastIndex;
  close(scan, { type: 'text_link', start: open.end, end: at, url }, [open, { start: at, end }]);
  return end;
}

/** A run of one sign closes what it can, innermost first, and opens with the rest. */
function run(scan: Scan, at: number): number {
  const { text, opened } = scan;
  const sign = text[at] ?? '';
  const end = runEnd(text, at, sign);
  const opens = !wordEndsAt(text, at) && !isSpace(text[end]);
  const closes = !isSpace(text[at - 1]) && !wordStartsAt(text, end);
  let place = at;
  while (place < end) {
    const open = closes ? lastOpened(opened, sign, end - place) : undefined;
    const mark = open && open.end < place ? text.slice(open.start, open.end) : markAt(sign, end - place);
    const span = { start: place, end: place + mark.length };
    const type = styles[mark];
    if (type && open && open.end < place) close(scan, { type, start: open.end, end: place }, [open, span]);
    else if (type && opens) opened.set(mark, span);
    place = span.end;
  }
  return end;
}

function runEnd(text: string, at: number, sign: string): number {
  let end = at;
  while (text[end] === sign) end += 1;
  return end;
}

/** The longest mark that so many signs can be. A single `~` or `|` is none. */
function markAt(sign: string, left: number): string {
  return left > 1 ? sign + sign : sign;
}

/** What opened last of the marks of this sign. Three at once are either, one within the other: two of them may close first. */
function lastOpened(opened: Map<string, Span>, sign: string, left: number): Span | undefined {
  const single = opened.get(sign);
  const double = left > 1 ? opened.get(sign + sign) : undefined;
  if (!single || !double) return single ?? double;
  if (left !== 2 || double.end !== single.start) return single.start > double.start ? single : double;
  const inner = { start: double.start + 1, end: single.end };
  opened.set(sign, { start: double.start, end: inner.start }).set(sign + sign, inner);
  return inner;
}

/** What opened within can't close outside. */
function close({ found, cuts, opened }: Scan, what: Found, marks: [Span, Span]): void {
  for (const [mark, span] of opened) if (span.start >= marks[0].start) opened.delete(mark);
  found.push(what);
  cuts.push(...marks);
}
