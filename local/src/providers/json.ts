import { isRecord, type Json } from '../json.ts';

/** The object under `key`, or an empty one. */
export function recordAt(record: Json, key: string): Json {
  const value = record[key];
  return isRecord(value) ? value : {};
}

/** The list under `key`, or an empty one. */
export function listAt(record: Json, key: string): unknown[] {
  const value = record[key];
  return Array.isArray(value) ? value : [];
}

/** The records of the list under `key`. */
export function recordsAt(record: Json, key: string): Json[] {
  return listAt(record, key).filter(isRecord);
}

/** The text under `key`; numbers are written out. */
export function textAt(record: Json, key: string): string | undefined {
  const value = record[key];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}

/** The entries that have a value: for members that are left out rather than null. */
export function present<T extends Json>(record: T): Partial<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** Any value as text: strings as they are, the rest as JSON, nothing as an empty text. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
