import type { Entity } from '../body.ts';
import { addressBehind } from './links.ts';
import { normaliseEntities } from './normalise.ts';
import { spanAround, spanOf } from './spans.ts';
import type { Span } from './spans.ts';
import { FENCE, addressesIn, isGap, markOf, typeOfMark } from './whatsapp-marks.ts';
import { shield } from './whatsapp-shield.ts';
import type { Piece } from './whatsapp-shield.ts';
import { wordEndsAt, wordStartsAt } from './words.ts';

/** Something to write at a place of the text; `order` among those at the same place. */
interface Insert {
  at: number;
  order: number;
  text: string;
  /** what follows is code, where no sign is a mark */
  code?: true;
}

/** Behind what ends at a place come an address, the sign of a quote, and what starts there. */
const ADDRESS = 0;
const QUOTE = 1;
const OPEN = 2;

/**
 * Writes formatting as WhatsApp has it; what it has none for goes as plain words, a link with its address behind it. A
 * sign of the text that would be read as a mark gets zero-width spaces beside it. A text of which nobody said how it is
 * formatted (no entities, as against none of them) goes as it is written: who knows WhatsApp's own marks may use them.
 */
export function toWhatsApp(text: string, entities: Entity[] | undefined): string {
  if (!entities) return text;
  const addresses = addressesIn(text);
  const ends = { quote: 0, code: -1 };
  const inserts = normaliseEntities(text, entities).flatMap((entity, index) => {
    const { start, end } = spanOf(entity);
    if (entity.type === 'blockquote') ends.quote = end;
    const around = { index, addresses, inQuote: start < ends.quote, behindCode: start === ends.code };
    if (entity.type === 'code' || entity.type === 'pre') ends.code = end;
    return insertsOf(text, entity, around);
  });
  return shield(pieces(text, inserts.toSorted(byPlace)));
}

interface Around {
  index: number;
  addresses: Span[];
  inQuote: boolean;
  /** right behind other code: their marks would run together */
  behindCode: boolean;
}

function insertsOf(text: string, entity: Entity, where: Around): Insert[] {
  switch (entity.type) {
    case 'blockquote':
      return quoteSigns(text, entity);
    case 'text_link':
      return addressOf(text, entity);
    case 'code':
    case 'pre':
      return codeMarks(text, entity, where);
    case 'bold':
    case 'italic':
    case 'strikethrough': {
      const mark = markOf[entity.type];
      return markable(text, entity, where.addresses).flatMap((span) => around(span, mark, where.index));
    }
    default:
      return [];
  }
}

function byPlace(one: Insert, other: Insert): number {
  return one.at - other.at || one.order - other.order;
}

/** The marks of what starts first enclose the others. */
function around({ start, end }: Span, mark: string, index: number): Insert[] {
  return [
    { at: start, order: OPEN + index, text: mark },
    { at: end, order: -1 - index, text: mark },
  ];
}

function addressOf(text: string, { offset, length, url }: Entity): Insert[] {
  if (url === undefined) return [];
  return [{ at: offset + length, order: ADDRESS, text: addressBehind(text.slice(offset, offset + length), url) }];
}

/** A sign before each line that is quoted whole. */
function quoteSigns(text: string, quote: Entity): Insert[] {
  return linesOf(text, spanOf(quote))
    .filter(({ start, end }) => start < end && isLine(text, { start, end }))
    .map(({ start }) => ({ at: start, order: QUOTE, text: '> ' }));
}

/** The parts of a stretch that lie on different lines. */
function linesOf(text: string, { start, end }: Span): Span[] {
  const lines: Span[] = [];
  let from = start;
  for (const line of text.slice(start, end).split('\n')) {
    lines.push({ start: from, end: from + line.length });
    from += line.length + 1;
  }
  return lines;
}

function isLine(text: string, { start, end }: Span): boolean {
  return (start === 0 || text[start - 1] === '\n') && (end === text.length || text[end] === '\n');
}

/** What of a stretch can be marked: on each line its words, from where a word starts to where one ends. */
function markable(text: string, entity: Entity, addresses: Span[]): Span[] {
  return linesOf(text, spanOf(entity))
    .map((line) => hug(text, line))
    .filter((span) => span.start < span.end && isWhole(text, span) && !cutsAddress(addresses, span));
}

function cutsAddress(addresses: Span[], { start, end }: Span): boolean {
  return spanAround(addresses, start) !== undefined || spanAround(addresses, end) !== undefined;
}

function isWhole(text: string, { start, end }: Span): boolean {
  return !wordEndsAt(text, start) && !wordStartsAt(text, end);
}

/** Marks stand on neither spaces nor signs that look like marks. */
function hug(text: string, { start, end }: Span): Span {
  const isEdge = (at: number): boolean => isGap(text[at]) || typeOfMark(text[at] ?? '') !== undefined;
  let from = start;
  let to = end;
  while (from < to && isEdge(from)) from += 1;
  while (from < to && isEdge(to - 1)) to -= 1;
  return { start: from, end: to };
}

/** A single line stands between single marks, anything else between fences; within a quote, whose lines have a sign each, fences do not. */
function codeMarks(text: string, entity: Entity, { index, addresses, inQuote, behindCode }: Around): Insert[] {
  const span = withoutBreaks(text, spanOf(entity));
  if (behindCode || cutsAddress(addresses, span)) return [];
  const mark = entity.type === 'code' && linesOf(text, span).length === 1 ? markOf.code : FENCE;
  const fits = mark === FENCE ? !inQuote && isFenceable(text, span) : isInline(text, span);
  if (!fits) return [];
  return around(span, mark, index).map((insert) => (insert.order >= OPEN ? { ...insert, code: true } : insert));
}

/** Without line breaks at its edges. */
function withoutBreaks(text: string, { start, end }: Span): Span {
  let from = start;
  let to = end;
  while (from < to && text[from] === '\n') from += 1;
  while (from < to && text[to - 1] === '\n') to -= 1;
  return { start: from, end: to };
}

function isFenceable(text: string, { start, end }: Span): boolean {
  const words = text.slice(start, end);
  return words !== '' && !words.includes(FENCE) && !words.startsWith('`') && !words.endsWith('`');
}

function isInline(text: string, { start, end }: Span): boolean {
  const words = text.slice(start, end);
  return !words.includes('`') && !isGap(words.at(0)) && !isGap(words.at(-1)) && isWhole(text, { start, end });
}

/** The text with what is inserted, told apart: what was written there may have to be shielded. */
function pieces(text: string, inserts: Insert[]): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  let code = false;
  for (const insert of inserts) {
    found.push({ text: text.slice(from, insert.at), ours: code }, { text: insert.text, ours: true });
    from = insert.at;
    code = insert.code === true;
  }
  return [...found, { text: text.slice(from), ours: false }];
}
