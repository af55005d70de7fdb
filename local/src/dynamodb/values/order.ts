import { crc32 } from 'node:zlib';
import type { Decimal } from './number.ts';
import { MIN_EXPONENT, parseNumber } from './number.ts';
import type { AttributeValue } from './types.ts';

/** Bytes that sort after every encoded key: the longest partition key is 2048 bytes behind a 4 byte prefix. */
export const AFTER_ALL: Uint8Array = Buffer.alloc(2053, 0xff);
export const BEFORE_ALL: Uint8Array = Buffer.alloc(0);

const NEGATIVE = 0x40;
const ZERO = 0x80;
const POSITIVE = 0xc0;

/** A sort key as bytes whose byte order is DynamoDB's order: UTF-8 bytes, numeric value, or unsigned bytes. */
export function encodeSortKey(value: AttributeValue): Uint8Array {
  if ('S' in value) return Buffer.from(value.S);
  if ('B' in value) return Buffer.from(value.B, 'base64');
  if ('N' in value) return encodeNumber(parseNumber(value.N));
  throw new TypeError('Only strings, numbers and binary values can be keys');
}

/**
 * A partition key as bytes. A hash comes first, as in DynamoDB: a Scan walks the hashes, so its order means nothing,
 * and a segment of a parallel Scan is a contiguous range.
 */
export function encodePartitionKey(value: AttributeValue): Uint8Array {
  const bytes = encodeSortKey(value);
  return Buffer.concat([hashPrefix(crc32(bytes)), bytes]);
}

/** Where the given segment of the hash space starts; segment `total` is where the last one ends. */
export function segmentStart(segment: number, total: number): Uint8Array {
  return segment === total ? AFTER_ALL : hashPrefix(Math.floor((segment / total) * 2 ** 32));
}

/** The first bytes that sort after exactly these bytes. */
export function justAfter(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([bytes, Buffer.of(0)]);
}

/** The first bytes that sort after everything beginning with these bytes. */
export function afterPrefix(bytes: Uint8Array): Uint8Array {
  const last = bytes.findLastIndex((byte) => byte < 0xff);
  if (last < 0) return AFTER_ALL;
  const next = Buffer.from(bytes.subarray(0, last + 1));
  next[last] = (next[last] as number) + 1;
  return next;
}

function hashPrefix(hash: number): Uint8Array {
  const prefix = Buffer.alloc(4);
  prefix.writeUInt32BE(hash);
  return prefix;
}

/** Sign, exponent, then two digits a byte. Negative numbers are complemented and end in 0xff, so that longer is less. */
function encodeNumber(number: Decimal): Uint8Array {
  if (number.sign === 0) return Buffer.of(ZERO);
  const magnitude = [number.exponent - MIN_EXPONENT, ...digitPairs(number.digits)];
  if (number.sign > 0) return Buffer.from([POSITIVE, ...magnitude]);
  return Buffer.from([NEGATIVE, ...magnitude.map((byte) => 0xff - byte), 0xff]);
}

function digitPairs(digits: string): number[] {
  const even = digits.length % 2 === 0 ? digits : `${digits}0`;
  return Array.from({ length: even.length / 2 }, (_, at) => Number(even.slice(at * 2, at * 2 + 2)) + 1);
}
