import { parseInstant } from './instant.ts';
import { asText, compareJson, compareText } from './json.ts';
import type { LiteralTypes } from './literals.ts';
import { readLiteral } from './literals.ts';
import type { Result } from './problem.ts';
import type { ColumnType } from './query.ts';

/** How row values of one type compare. Values that do not fit the type count as null. */
export interface ValueKind {
  /** Compares row values with a literal: below 0, 0 or above; undefined when the row's value does not fit. */
  against(literal: string, column: string): Result<(value: unknown) => number | undefined>;
  /** Compares places in a list of row values, for sorting; undefined values are null. */
  sorter(values: readonly unknown[], rule: SortRule): (a: number, b: number) => number;
}

export interface SortRule {
  descending: boolean;
  nullsFirst: boolean;
}

interface Reader<T> {
  read(value: unknown): T | undefined;
  compare(a: T, b: T): number;
}

export const valueKinds: Readonly<Record<ColumnType, ValueKind>> = {
  text: kind('text', { read: asText, compare: compareText }),
  timestamptz: kind('timestamptz', { read: readInstant, compare: (a, b) => a - b }),
  integer: kind('integer', { read: readNumber, compare: (a, b) => a - b }),
  boolean: kind('boolean', { read: readBoolean, compare: (a, b) => Number(a) - Number(b) }),
  json: kind('json', { read: (json) => ({ json }), compare: (a, b) => compareJson(a.json, b.json) }),
  'text[]': kind('text[]', { read: readTexts, compare: compareTexts }),
};

/** The elements of a text array; undefined when the value is not an array. */
export function readTexts(value: unknown): readonly (string | null)[] | undefined {
  return Array.isArray(value) ? value.map((item) => (typeof item === 'string' ? item : null)) : undefined;
}

function kind<Type extends ColumnType>(type: Type, reader: Reader<LiteralTypes[Type]>): ValueKind {
  return {
    against(literal, column) {
      const read = readLiteral(type, literal, column);
      return read.ok ? { ok: true, value: comparison(reader, read.value) } : read;
    },
    sorter: (values, rule) => sorter(reader, values, rule),
  };
}

function comparison<T>(reader: Reader<T>, literal: T): (value: unknown) => number | undefined {
  return (value) => {
    const read = reader.read(value);
    return read === undefined ? undefined : reader.compare(read, literal);
  };
}

function sorter<T>(reader: Reader<T>, values: readonly unknown[], rule: SortRule): (a: number, b: number) => number {
  const keys = values.map((value) => (value === undefined ? undefined : reader.read(value)));
  return (a, b) => {
    const [left, right] = [keys[a], keys[b]];
    if (left === undefined || right === undefined) return compareNulls(left, right, rule.nullsFirst);
    return rule.descending ? reader.compare(right, left) : reader.compare(left, right);
  };
}

function compareNulls(a: unknown, b: unknown, nullsFirst: boolean): number {
  if (a === b) return 0;
  return (a === undefined) === nullsFirst ? -1 : 1;
}

function readInstant(value: unknown): number | undefined {
  return typeof value === 'string' ? parseInstant(value) : undefined;
}

function readNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function readBoolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** Postgres' order of arrays: element by element, null above text, then the shorter first. */
function compareTexts(a: readonly (string | null)[], b: readonly (string | null)[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) return 1;
    if (left === right) continue;
    if (left === null || right === null) return left === null ? 1 : -1;
    return compareText(left, right);
  }
  return a.length - b.length;
}
