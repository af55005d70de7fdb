import { compareNumbers } from './number.ts';
import type { AttributeValue, Item } from './types.ts';
import { attribute, membersOf, typeOf } from './types.ts';

/** Same type and same content; the order of a set's members and of a map's names does not matter. */
export function sameValue(left: AttributeValue, right: AttributeValue): boolean {
  if (typeOf(left) !== typeOf(right)) return false;
  if ('M' in left && 'M' in right) return sameItem(left.M, right.M);
  if ('L' in left && 'L' in right) return sameList(left.L, right.L);
  const members = membersOf(left);
  if (members) return sameMembers(members, membersOf(right) ?? []);
  return Object.values(left)[0] === Object.values(right)[0];
}

export function sameItem(left: Item, right: Item): boolean {
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every((name) => {
    const [a, b] = [attribute(left, name), attribute(right, name)];
    return a !== undefined && b !== undefined && sameValue(a, b);
  });
}

/** Order of two values of the same ordered type (S by UTF-8 bytes, N, B); undefined when they have no order. */
export function compareValues(left: AttributeValue, right: AttributeValue): number | undefined {
  if ('S' in left && 'S' in right) return Buffer.compare(Buffer.from(left.S), Buffer.from(right.S));
  if ('N' in left && 'N' in right) return compareNumbers(left.N, right.N);
  if ('B' in left && 'B' in right) return Buffer.compare(Buffer.from(left.B, 'base64'), Buffer.from(right.B, 'base64'));
  return undefined;
}

function sameList(left: AttributeValue[], right: AttributeValue[]): boolean {
  return left.length === right.length && left.every((value, at) => sameValue(value, right[at] as AttributeValue));
}

function sameMembers(left: string[], right: string[]): boolean {
  const members = new Set(left);
  return left.length === right.length && right.every((member) => members.has(member));
}
