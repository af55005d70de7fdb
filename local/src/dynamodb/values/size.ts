import { parseNumber } from './number.ts';
import type { AttributeValue, Item } from './types.ts';

// Sizes follow "DynamoDB item sizes and formats" in the developer guide.
const CONTAINER_OVERHEAD = 3;
const ELEMENT_OVERHEAD = 1;

/** An item's size in bytes, as limits and capacity count it: names and values. */
export function itemSize(item: Item): number {
  let size = 0;
  for (const [name, value] of Object.entries(item)) size += Buffer.byteLength(name) + valueSize(value);
  return size;
}

export function valueSize(value: AttributeValue): number {
  if ('S' in value) return Buffer.byteLength(value.S);
  if ('N' in value) return numberSize(value.N);
  if ('B' in value) return Buffer.byteLength(value.B, 'base64');
  if ('L' in value) return sum(value.L, (element) => valueSize(element) + ELEMENT_OVERHEAD) + CONTAINER_OVERHEAD;
  if ('M' in value) return itemSize(value.M) + Object.keys(value.M).length * ELEMENT_OVERHEAD + CONTAINER_OVERHEAD;
  if ('SS' in value) return sum(value.SS, (member) => Buffer.byteLength(member));
  if ('NS' in value) return sum(value.NS, numberSize);
  if ('BS' in value) return sum(value.BS, (member) => Buffer.byteLength(member, 'base64'));
  return 1;
}

/** One byte for every two significant digits and one more; a negative number takes another. */
function numberSize(text: string): number {
  const { sign, digits } = parseNumber(text);
  return Math.ceil(digits.length / 2) + (sign < 0 ? 2 : 1);
}

function sum<T>(values: T[], sizeOf: (value: T) => number): number {
  return values.reduce((total, value) => total + sizeOf(value), 0);
}
