import { DynamoDbError, validation } from '../errors.ts';
import { readValue } from '../values/read.ts';
import type { AttributeValue } from '../values/types.ts';

/** What a request gives for the `#names` and `:values` of its expressions, and which of them the expressions used. */
export type Placeholders = {
  name(placeholder: string): string | undefined;
  value(placeholder: string): AttributeValue | undefined;
  /** Refuses names and values no expression used. Call it when all of a request's expressions are parsed. */
  refuseUnused(): void;
};

export type PlaceholderInput = {
  ExpressionAttributeNames?: Record<string, string> | undefined;
  ExpressionAttributeValues?: Record<string, unknown> | undefined;
};

const NAMES = 'ExpressionAttributeNames';
const VALUES = 'ExpressionAttributeValues';

/** Checks the placeholders of a request. `expressions` are those the request carries, to refuse names without any. */
export function readPlaceholders(input: PlaceholderInput, expressions: (string | undefined)[]): Placeholders {
  const given = expressions.some((expression) => expression !== undefined);
  const names = readTable(NAMES, /^#[A-Za-z0-9_]+$/, given, input.ExpressionAttributeNames, (name) => name);
  const values = readTable(VALUES, /^:[A-Za-z0-9_]+$/, given, input.ExpressionAttributeValues, readPlaceholderValue);
  const used = new Set<string>();
  const look = <T>(table: Map<string, T>, placeholder: string): T | undefined => {
    used.add(placeholder);
    return table.get(placeholder);
  };
  return {
    name: (placeholder) => look(names, placeholder),
    value: (placeholder) => look(values, placeholder),
    refuseUnused() {
      refuseUnused(NAMES, names, used);
      refuseUnused(VALUES, values, used);
    },
  };
}

function readTable<Raw, T>(
  label: string,
  key: RegExp,
  hasExpression: boolean,
  raw: Record<string, Raw> | undefined,
  read: (value: Raw, key: string) => T,
): Map<string, T> {
  if (!raw) return new Map();
  if (!hasExpression) throw validation(`${label} can only be specified when using expressions`);
  const entries = Object.entries(raw);
  if (entries.length === 0) throw validation(`${label} must not be empty`);
  const invalid = entries.find(([name]) => !key.test(name));
  if (invalid) throw validation(`${label} contains invalid key: Syntax error; key: "${invalid[0]}"`);
  return new Map(entries.map(([name, value]) => [name, read(value, name)]));
}

function readPlaceholderValue(raw: unknown, key: string): AttributeValue {
  try {
    return readValue(raw);
  } catch (error) {
    if (!(error instanceof DynamoDbError) || error.code !== 'ValidationException') throw error;
    throw validation(`${VALUES} contains invalid value: ${error.message} for key ${key}`);
  }
}

function refuseUnused(label: string, table: Map<string, unknown>, used: Set<string>): void {
  const unused = [...table.keys()].filter((key) => !used.has(key));
  if (unused.length > 0)
    throw validation(`Value provided in ${label} unused in expressions: keys: {${unused.join(', ')}}`);
}
