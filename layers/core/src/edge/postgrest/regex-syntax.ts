import type { Cursor } from './cursor.ts';
import { atEnd, cursorOn, take } from './cursor.ts';
import type { CharacterTest } from './regex-class.ts';
import { classEscape, PatternError, takeClass } from './regex-class.ts';

/** A place between two characters: what stands before and after it, undefined at the ends of the text. */
export type PlaceTest = (before: string | undefined, after: string | undefined) => boolean;

export type Pattern =
  | { kind: 'character'; test: CharacterTest }
  | { kind: 'place'; test: PlaceTest }
  | { kind: 'sequence'; parts: Pattern[] }
  | { kind: 'choice'; parts: Pattern[] }
  | { kind: 'repeat'; part: Pattern; min: number; max: number };

const word = /[\p{L}\p{M}\p{N}_]/u;
const isWord = (character: string | undefined) => character !== undefined && word.test(character);

const places: Readonly<Record<string, PlaceTest>> = {
  '^': (before) => before === undefined,
  $: (_, after) => after === undefined,
  '\\A': (before) => before === undefined,
  '\\Z': (_, after) => after === undefined,
  '\\m': (before, after) => !isWord(before) && isWord(after),
  '\\M': (before, after) => isWord(before) && !isWord(after),
  '\\y': (before, after) => isWord(before) !== isWord(after),
  '\\Y': (before, after) => isWord(before) === isWord(after),
};

const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', e: '\u001B' };

/**
 * Reads the part of Postgres' regular expressions that needs no memory: no back references, no lookaround.
 * https://www.postgresql.org/docs/current/functions-matching.html#POSIX-SYNTAX-DETAILS
 * @throws PatternError
 */
export function parsePattern(text: string): Pattern {
  const cursor = cursorOn(text);
  const pattern = takeChoice(cursor);
  if (!atEnd(cursor)) throw new PatternError('parentheses () not balanced');
  return pattern;
}

function takeChoice(cursor: Cursor): Pattern {
  const parts = [takeSequence(cursor)];
  while (take(cursor, /\|/y)) parts.push(takeSequence(cursor));
  return parts.length === 1 && parts[0] ? parts[0] : { kind: 'choice', parts };
}

function takeSequence(cursor: Cursor): Pattern {
  const parts: Pattern[] = [];
  while (!atEnd(cursor) && !/[|)]/.test(cursor.text.charAt(cursor.at))) parts.push(takeRepeat(cursor));
  return { kind: 'sequence', parts };
}

function takeRepeat(cursor: Cursor): Pattern {
  const part = takeAtom(cursor);
  const found = take(cursor, /(?:([*+?])|\{(\d{1,3})(,(\d{1,3})?)?\})\??/y);
  if (!found) return part;
  const { min, max } = bounds(found);
  if (max > 255 && max !== Infinity) throw new PatternError('a repetition counts to at most 255');
  if (min > 255 || min > max) throw new PatternError('invalid repetition count(s)');
  if (part.kind === 'place') throw new PatternError('quantifier operand invalid');
  if (max > 1 && repeats(part)) throw new PatternError('a repetition inside a repetition is not supported');
  return { kind: 'repeat', part, min, max };
}

function bounds([, sign, least, comma, most]: RegExpExecArray): { min: number; max: number } {
  if (sign) return { min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : Infinity };
  const min = Number(least);
  if (comma === undefined) return { min, max: min };
  return { min, max: most === undefined ? Infinity : Number(most) };
}

function repeats(pattern: Pattern): boolean {
  if (pattern.kind === 'sequence' || pattern.kind === 'choice') return pattern.parts.some(repeats);
  return pattern.kind === 'repeat' && (pattern.max > 1 || repeats(pattern.part));
}

function takeAtom(cursor: Cursor): Pattern {
  if (take(cursor, /\((?!\?)|\(\?:/y)) return takeGroup(cursor);
  const place = take(cursor, /[$^]|\\[AZmMyY]/y);
  if (place) return { kind: 'place', test: places[place[0]] ?? (() => false) };
  const test = take(cursor, /\./y) ? () => true : (takeClass(cursor) ?? takeEscape(cursor) ?? takeLiteral(cursor));
  return { kind: 'character', test };
}

function takeGroup(cursor: Cursor): Pattern {
  const group = takeChoice(cursor);
  if (!take(cursor, /\)/y)) throw new PatternError('parentheses () not balanced');
  return group;
}

function takeEscape(cursor: Cursor): CharacterTest | undefined {
  const [, escaped] = take(cursor, /\\([^])/uy) ?? [];
  if (escaped === undefined) return undefined;
  const literal = controls[escaped] ?? (/[\p{L}\p{N}]/u.test(escaped) ? undefined : escaped);
  const test = classEscape(escaped) ?? (literal === undefined ? undefined : (character) => character === literal);
  if (!test) throw new PatternError(`the escape \\${escaped} is not supported`);
  return test;
}

function takeLiteral(cursor: Cursor): CharacterTest {
  const literal = take(cursor, /[^*+?()[\\]/uy)?.[0];
  if (literal === undefined) throw new PatternError(`unexpected ${cursor.text.slice(cursor.at, cursor.at + 3)}`);
  return (character) => character === literal;
}
