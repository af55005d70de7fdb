import { parseArrayLiteral } from './array-literal.ts';
import { parseInstant } from './instant.ts';
import { maxJsonLength } from './json.ts';
import type { ProblemCode, Result } from './problem.ts';
import { refuse } from './problem.ts';
import type { ColumnType } from './query.ts';

/** JSON in a wrapper, because JSON's null is a value and not SQL's null. */
export interface Json {
  json: unknown;
}

export interface LiteralTypes {
  text: string;
  timestamptz: number;
  integer: number;
  boolean: boolean;
  json: Json;
  'text[]': readonly (string | null)[];
}

const readers: { [Type in ColumnType]: (text: string) => LiteralTypes[Type] | undefined } = {
  text: (text) => text,
  timestamptz: parseInstant,
  integer: parseInteger,
  boolean: (text) => booleans.get(text.trim().toLowerCase()),
  json: parseJson,
  'text[]': parseArrayLiteral,
};

const booleans = new Map([
  ...['t', 'true', 'y', 'yes', 'on', '1'].map((word) => [word, true] as const),
  ...['f', 'false', 'n', 'no', 'off', '0'].map((word) => [word, false] as const),
]);

const allowed: Readonly<Record<ColumnType, { code: ProblemCode; type: string; example: string }>> = {
  text: { code: '22P02', type: 'text', example: 'any text' },
  timestamptz: {
    code: '22007',
    type: 'timestamp with time zone',
    example: 'such as 2026-01-31T09:30:00Z; write + as %2B in a URL',
  },
  integer: { code: '22P02', type: 'integer', example: 'a whole number of at most 9007199254740991' },
  boolean: { code: '22P02', type: 'boolean', example: 'true or false' },
  json: { code: '22P02', type: 'json', example: `JSON of at most ${maxJsonLength} characters; compare text with ->>` },
  'text[]': { code: '22P02', type: 'text[]', example: 'such as {one,"two, three"}' },
};

/** Reads the literal of a filter as its column's type. `column` is named in the refusal. */
export function readLiteral<Type extends ColumnType>(
  type: Type,
  text: string,
  column: string,
): Result<LiteralTypes[Type]> {
  const value = readers[type](text);
  if (value !== undefined) return { ok: true, value };
  const { code, type: name, example } = allowed[type];
  return refuse(code, `invalid input syntax for type ${name}: "${text.slice(0, 100)}"`, {
    details: `"${column}" is compared with ${name}: ${example}.`,
  });
}

/** Undefined: no whole number, or one too large to be exact. */
export function parseInteger(text: string): number | undefined {
  const value = /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}

function parseJson(text: string): Json | undefined {
  if (text.length > maxJsonLength) return undefined;
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
