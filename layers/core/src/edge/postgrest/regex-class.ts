import type { Cursor } from './cursor.ts';
import { take } from './cursor.ts';

export type CharacterTest = (character: string) => boolean;

/** The rule a pattern breaks, in words. */
export class PatternError extends Error {}

const named: Readonly<Record<string, RegExp>> = {
  alpha: /\p{L}/u,
  digit: /\p{Nd}/u,
  alnum: /[\p{L}\p{Nd}]/u,
  upper: /\p{Lu}/u,
  lower: /\p{Ll}/u,
  space: /\s/u,
  blank: /[ \t]/u,
  punct: /[\p{P}\p{S}]/u,
  xdigit: /[\dA-Fa-f]/u,
  cntrl: /\p{Cc}/u,
};

const escapes: Readonly<Record<string, RegExp>> = {
  d: /\p{Nd}/u,
  D: /\P{Nd}/u,
  s: /\s/u,
  S: /\S/u,
  w: /[\p{L}\p{M}\p{N}_]/u,
  W: /[^\p{L}\p{M}\p{N}_]/u,
};

/** The test of `\d`, `\w`, `\s` and their opposites, by the letter. */
export function classEscape(letter: string): CharacterTest | undefined {
  const pattern = escapes[letter];
  return pattern && ((character) => pattern.test(character));
}

/** Takes a bracket expression such as `[^a-z[:digit:]]`; undefined when there is none here. */
export function takeClass(cursor: Cursor): CharacterTest | undefined {
  const negated = take(cursor, /\[(\^?)/y)?.[1];
  if (negated === undefined) return undefined;
  const tests = [takeMember(cursor)];
  while (!take(cursor, /\]/y)) tests.push(takeMember(cursor));
  return (character) => tests.some((test) => test(character)) === (negated === '');
}

function takeMember(cursor: Cursor): CharacterTest {
  return takeNamed(cursor) ?? takeClassEscape(cursor) ?? takeRange(cursor);
}

function takeNamed(cursor: Cursor): CharacterTest | undefined {
  const name = take(cursor, /\[:(\w*):\]/y)?.[1];
  if (name === undefined) return undefined;
  const pattern = named[name];
  if (!pattern) throw new PatternError(`there is no character class [:${name}:]`);
  return (character) => pattern.test(character);
}

function takeClassEscape(cursor: Cursor): CharacterTest | undefined {
  const letter = take(cursor, /\\([dDsSwW])/y)?.[1];
  return letter === undefined ? undefined : classEscape(letter);
}

function takeRange(cursor: Cursor): CharacterTest {
  const from = takePoint(cursor);
  const to = take(cursor, /-(?!\])/y) ? takePoint(cursor) : from;
  if (from > to) throw new PatternError('invalid character range');
  return (character) => from <= pointOf(character) && pointOf(character) <= to;
}

function takePoint(cursor: Cursor): number {
  const found = take(cursor, /\\([^\p{L}\p{N}])|([^\\])/uy);
  if (!found) throw new PatternError('brackets [] not balanced');
  return pointOf(found[1] ?? found[2] ?? '');
}

function pointOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}
