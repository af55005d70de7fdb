import * as v from 'valibot';
import { compact } from '../../domain/compact.ts';
import { fieldsOf, isObject, textIn } from '../../domain/json-value.ts';
import type { Element, InboundEvent } from '../contract.ts';

export { compact, fieldsOf, textIn };

/** A JSON object with at least these members. A list is none, though Valibot alone takes it for one. */
export function object<const T extends v.ObjectEntries>(members: T) {
  return v.pipe(v.custom<Record<string, unknown>>(isObject), v.looseObject(members));
}

/** An optional member of a provider's payload: of another type than expected, it counts as absent. */
export function maybe<const T extends v.GenericSchema>(schema: T) {
  return v.fallback(v.optional(schema), undefined);
}

/** JSON can hold numbers beyond what a number type reaches (`1e999`): those are none. */
export const number = v.custom<number>(Number.isFinite);

/** A whole number of up to 53 bits. */
export const whole = v.custom<number>(Number.isSafeInteger);

/** A text with something in it. */
export const filledText = v.custom<string>((value) => typeof value === 'string' && value !== '');

/** An id that providers write as text or as a number. */
export const idText = v.pipe(
  v.custom<string | number>((id) => (typeof id === 'string' ? id !== '' : Number.isFinite(id))),
  v.transform(String),
);

/** A number, or one written as text. */
export const numeric = v.pipe(
  v.custom<string | number>((value) =>
    typeof value === 'string' ? /^-?\d+(\.\d+)?$/.test(value) : Number.isFinite(value),
  ),
  v.transform(Number),
);

/** What a schema makes of a value; undefined when it does not fit. */
export function readAs<T extends v.GenericSchema>(schema: T, value: unknown): v.InferOutput<T> | undefined {
  const { success, output } = v.safeParse(schema, value);
  return success ? output : undefined;
}

/** The items of a list. A member that is none counts as one malformed item, one that is not there as none. */
export function itemsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/** Undefined when the bytes are not JSON. */
export function parseJson(bytes: Uint8Array | string): unknown {
  try {
    return JSON.parse(typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** What one element means, or, as text, why it can't be understood. */
export type Reading = InboundEvent | string;

/** Reads one element by itself, so that a bad one never harms its neighbours. */
export function elementOf(raw: unknown, externalId: string | undefined, read: () => Reading): Element {
  const account = compact({ externalId });
  const event = attempt(read);
  return typeof event === 'string' ? { ok: false, ...account, reason: event, raw } : { ok: true, ...account, event };
}

/** Where a schema first disagrees with a payload; names members, never their values. */
export function reasonOf([issue]: [v.BaseIssue<unknown>, ...unknown[]], what: string): string {
  const path = issue.path?.map(({ key }) => String(key)).join('.');
  return path ? `${what}: '${path}' is missing or malformed` : `${what} is malformed`;
}

function attempt(read: () => Reading): Reading {
  try {
    return read();
  } catch (error) {
    return `could not be read: ${error instanceof Error ? error.name : 'unknown error'}`;
  }
}
