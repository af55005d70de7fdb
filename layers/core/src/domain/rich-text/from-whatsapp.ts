import type { Entity, RichText } from '../body.ts';
import { outerFirst } from './spans.ts';
import { FENCE, SHIELD, canClose, canOpen, typeOfMark } from './whatsapp-marks.ts';
import { addressEnd } from './words.ts';

interface Reading {
  text: string;
  entities: Entity[];
}

/** A mark and its mirror image, by their places in the line. */
interface Pair {
  open: number;
  close: number;
}

/**
 * Reads `*bold* _italic_ ~strike~`, code, fenced code and `> quotes` as WhatsApp's apps do. Everything else, lists among
 * it, stays as it is written. Takes time in proportion to the text.
 */
export function fromWhatsApp(text: string): RichText {
  const reading: Reading = { text: '', entities: [] };
  let at = 0;
  for (const { start, end } of fences(text)) {
    readLines(reading, text.slice(at, start), at === 0);
    append(reading, 'pre', text.slice(start + FENCE.length, end));
    at = end + FENCE.length;
  }
  readLines(reading, text.slice(at), at === 0);
  if (reading.entities.length === 0) return { text: reading.text };
  return { text: reading.text, entities: joinQuotes(reading.entities).toSorted(outerFirst) };
}

/** Stretches between two fences, which may hold several lines. */
function* fences(text: string): Generator<{ start: number; end: number }> {
  let start = text.indexOf(FENCE);
  while (start !== -1) {
    const end = text.indexOf(FENCE, start + FENCE.length + 1);
    if (end === -1) return;
    yield { start, end };
    start = text.indexOf(FENCE, end + FENCE.length);
  }
}

function append(reading: Reading, type: Entity['type'], text: string): void {
  reading.entities.push({ type, offset: reading.text.length, length: text.length });
  reading.text += text;
}

function readLines(reading: Reading, text: string, fromStart: boolean): void {
  for (const [index, line] of text.split('\n').entries()) {
    if (index > 0) reading.text += '\n';
    const quoted = (index > 0 || fromStart) && line.startsWith('> ') && line.length > 2;
    const offset = reading.text.length;
    readLine(reading, quoted ? line.slice(2) : line);
    const length = reading.text.length - offset;
    if (quoted && length > 0) reading.entities.push({ type: 'blockquote', offset, length });
  }
}

function readLine(reading: Reading, line: string): void {
  const { pairs, shields } = scan(line);
  const cuts = [...shields, ...pairs.flatMap(({ open, close }) => [open, close])].toSorted((one, other) => one - other);
  const placeOf = new Map<number, number>();
  let from = 0;
  for (const cut of cuts) {
    reading.text += line.slice(from, cut);
    placeOf.set(cut, reading.text.length);
    from = cut + 1;
  }
  reading.text += line.slice(from);
  for (const { open, close } of pairs) {
    const type = typeOfMark(line[open] ?? '');
    const offset = placeOf.get(open) ?? 0;
    const length = (placeOf.get(close) ?? 0) - offset;
    if (type && length > 0) reading.entities.push({ type, offset, length });
  }
}

interface Scan {
  /** in the order of their ends; none crosses another */
  pairs: Pair[];
  /** places of shields, which do not belong to the text */
  shields: number[];
  /** of each sign, where it last opened */
  opened: Map<string, number>;
}

/** The marks of one line. A sign opens anew each time it can, so a pair never holds the same sign. */
function scan(line: string): Scan {
  const found: Scan = { pairs: [], shields: [], opened: new Map() };
  for (let at = 0; at < line.length; at += 1) {
    const end = addressEnd(line, at);
    if (end > at) at = end - 1;
    else if (typeOfMark(line[at] ?? '') !== undefined) meet(found, line, at);
    else if (isShield(line, at)) found.shields.push(at);
  }
  return found;
}

function meet(found: Scan, line: string, at: number): void {
  const sign = line[at] ?? '';
  const open = found.opened.get(sign);
  if (open !== undefined && open < at - 1 && canClose(line, at)) close(found, sign, { open, close: at });
  else if (canOpen(line, at)) found.opened.set(sign, at);
}

/** What opened within the pair can't close outside of it, and nothing within code is a mark. */
function close(found: Scan, sign: string, pair: Pair): void {
  for (const [other, open] of found.opened) if (open >= pair.open) found.opened.delete(other);
  if (sign === '`') {
    while ((found.pairs.at(-1)?.close ?? -1) > pair.open) found.pairs.pop();
    while ((found.shields.at(-1) ?? -1) > pair.open) found.shields.pop();
  }
  found.pairs.push(pair);
}

function isShield(line: string, at: number): boolean {
  if (line[at] !== SHIELD) return false;
  const next = line[at + 1] ?? '';
  return typeOfMark(line[at - 1] ?? '') !== undefined || typeOfMark(next) !== undefined || (at === 0 && next === '>');
}

/** Quoted lines that follow each other are one quote. */
function joinQuotes(entities: Entity[]): Entity[] {
  const kept: Entity[] = [];
  let quote: Entity | undefined;
  for (const entity of entities) {
    const follows = entity.type === 'blockquote' && quote && entity.offset === quote.offset + quote.length + 1;
    if (follows && quote) quote.length += entity.length + 1;
    else kept.push(entity);
    if (entity.type === 'blockquote' && !follows) quote = entity;
  }
  return kept;
}
