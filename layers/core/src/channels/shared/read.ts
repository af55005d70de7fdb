import * as z from 'zod/mini';
import { catch as otherwise } from 'zod/mini';
import type { Element, InboundEvent } from '../contract.ts';

/** An optional member of a provider's payload: of another type than expected, it counts as absent. */
export function maybe<T extends z.ZodMiniType>(schema: T): z.ZodMiniCatch<z.ZodMiniOptional<T>> {
  return otherwise(z.optional(schema), undefined);
}

/** An id that providers write as text or as a number. */
export const idText = z.pipe(
  z.union([z.string().check(z.minLength(1)), z.number()]),
  z.transform((id) => String(id)),
);

/** A number, or one written as text. */
export const numeric = z.pipe(
  z.union([z.number(), z.string().check(z.regex(/^-?\d+(\.\d+)?$/))]),
  z.transform((value) => Number(value)),
);

type Compact<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Without the members that are undefined: optional means absent. */
export function compact<T extends object>(members: T): Compact<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Compact<T>;
}

/** The members of a JSON object; none when the value is something else. */
export function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
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
export function reasonOf(error: z.core.$ZodError, what: string): string {
  const path = error.issues[0]?.path.join('.');
  return path ? `${what}: '${path}' is missing or malformed` : `${what} is malformed`;
}

function attempt(read: () => Reading): Reading {
  try {
    return read();
  } catch (error) {
    return `could not be read: ${error instanceof Error ? error.name : 'unknown error'}`;
  }
}
