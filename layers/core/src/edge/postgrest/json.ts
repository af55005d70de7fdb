import { isObject } from '../../domain/json-value.ts';

/** Longer JSON in a filter is refused: it bounds how deep comparing can go. */
export const maxJsonLength = 4000;

const ranks = ['null', 'string', 'number', 'boolean', 'array', 'object'];

/** The value below `path`, SQL's null as undefined and JSON's null as null. */
export function readPath(value: unknown, path: readonly (string | number)[]): unknown {
  let found = value;
  for (const step of path) found = readStep(found, step);
  return found;
}

/** How Postgres writes a value as text: strings as they are, the rest as JSON. */
export function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  return JSON.stringify(value) ?? '';
}

/** The texts anywhere in a JSON value, one per line: what a text search on json looks at. */
export function wordsIn(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null ? Object.values(value).map(wordsIn).join('\n') : '';
}

/** Postgres' order of jsonb: null, text, numbers, booleans, arrays, objects; then size, then members. */
export function compareJson(a: unknown, b: unknown): number {
  const kind = kindOf(a);
  const byKind = ranks.indexOf(kind) - ranks.indexOf(kindOf(b));
  if (byKind !== 0 || kind === 'null') return byKind;
  if (kind === 'string') return compareText(String(a), String(b));
  if (kind === 'number' || kind === 'boolean') return Number(a) - Number(b);
  return compareMembers(members(a), members(b));
}

/** Postgres' `@>`: https://www.postgresql.org/docs/current/datatype-json.html#JSON-CONTAINMENT */
export function jsonContains(whole: unknown, part: unknown): boolean {
  // Only at the top may a plain value stand for an array that holds it.
  const isPlain = !Array.isArray(part) && !isObject(part);
  return Array.isArray(whole) && isPlain ? contains(whole, [part]) : contains(whole, part);
}

/** The value without the null members of its objects; array elements stay. */
export function stripNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stripNulls);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
  return Object.fromEntries(kept.map(([key, member]) => [key, stripNulls(member)]));
}

export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function readStep(value: unknown, step: string | number): unknown {
  if (typeof step === 'number') return Array.isArray(value) ? value.at(step) : undefined;
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** An array's elements, or an object's keys and values in jsonb's order of keys: shorter first. */
function members(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return [];
  const keys = Object.keys(value).sort((a, b) => a.length - b.length || compareText(a, b));
  return keys.flatMap((key) => [key, value[key]]);
}

function compareMembers(a: unknown[], b: unknown[]): number {
  if (a.length !== b.length) return a.length - b.length;
  for (const [index, item] of a.entries()) {
    const order = compareJson(item, b[index]);
    if (order !== 0) return order;
  }
  return 0;
}

function contains(whole: unknown, part: unknown): boolean {
  if (Array.isArray(whole) && Array.isArray(part)) {
    return part.every((item) => whole.some((member) => contains(member, item)));
  }
  if (!isObject(whole) || !isObject(part)) return compareJson(whole, part) === 0;
  return Object.entries(part).every(([key, value]) => Object.hasOwn(whole, key) && contains(whole[key], value));
}
