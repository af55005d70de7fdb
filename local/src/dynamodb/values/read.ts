import { DynamoDbError, invalidParameter, validation } from '../errors.ts';
import { canonicalNumber } from './number.ts';
import type { AttributeType, AttributeValue, Item } from './types.ts';
import { ATTRIBUTE_TYPES } from './types.ts';

const MAX_DEPTH = 32;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Reads a map of attributes from a request: every value checked, every number in its canonical text. */
export function readItem(raw: unknown): Item {
  return readMap(raw, 0);
}

/** Reads one value from a request. Throws what DynamoDB answers for a malformed one. */
export function readValue(raw: unknown): AttributeValue {
  return readNested(raw, 0);
}

type Reader = (raw: unknown, depth: number) => AttributeValue;

const READERS: Record<AttributeType, Reader> = {
  S: (raw) => ({ S: text(raw) }),
  N: (raw) => ({ N: canonicalNumber(text(raw)) }),
  B: (raw) => ({ B: base64(raw) }),
  BOOL: (raw) => ({ BOOL: flag(raw) }),
  NULL: (raw) => {
    if (!flag(raw)) throw invalidParameter('Null attribute value types must have the value of true');
    return { NULL: true };
  },
  SS: (raw) => ({ SS: members(raw, 'An string set  may not be empty', text) }),
  NS: (raw) => ({ NS: members(raw, 'An number set  may not be empty', (member) => canonicalNumber(text(member))) }),
  BS: (raw) => ({ BS: members(raw, 'Binary sets should not be empty', base64) }),
  L: (raw, depth) => ({ L: list(raw).map((element) => readNested(element, depth)) }),
  M: (raw, depth) => ({ M: readMap(raw, depth) }),
};

function readNested(raw: unknown, depth: number): AttributeValue {
  if (depth > MAX_DEPTH) throw validation('Nesting Levels have exceeded supported limits');
  const given = object(raw);
  const types = ATTRIBUTE_TYPES.filter((type) => given[type] !== undefined && given[type] !== null);
  const [type] = types;
  if (type === undefined)
    throw validation('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  if (types.length > 1)
    throw validation(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  return READERS[type](given[type], depth + 1);
}

function readMap(raw: unknown, depth: number): Item {
  return Object.fromEntries(Object.entries(object(raw)).map(([name, value]) => [name, readNested(value, depth)]));
}

function members(raw: unknown, whenEmpty: string, read: (member: unknown) => string): string[] {
  const values = list(raw).map(read);
  if (values.length === 0) throw invalidParameter(whenEmpty);
  if (new Set(values).size < values.length)
    throw invalidParameter(`Input collection [${values.join(', ')}] contains duplicates.`);
  return values;
}

function object(raw: unknown): Record<string, unknown> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) throw unexpected('Start of structure or map');
  return raw as Record<string, unknown>;
}

function list(raw: unknown): unknown[] {
  if (!Array.isArray(raw)) throw unexpected('Start of list');
  return raw;
}

function text(raw: unknown): string {
  if (typeof raw !== 'string') throw unexpected('A string');
  return raw;
}

function flag(raw: unknown): boolean {
  if (typeof raw !== 'boolean') throw unexpected('A boolean');
  return raw;
}

function base64(raw: unknown): string {
  const given = text(raw);
  if (!BASE64.test(given)) throw new DynamoDbError('SerializationException', 'Invalid Base64 in a binary value');
  return given;
}

function unexpected(wanted: string): DynamoDbError {
  return new DynamoDbError('SerializationException', `${wanted} was expected here`);
}
