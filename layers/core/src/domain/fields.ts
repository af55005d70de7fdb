import * as v from 'valibot';
import { isObject } from './json-value.ts';

/**
 * Schemas for what callers write. Each says in words what it takes, limits included, because the words become the
 * answer.
 */

/** Text of `min` to `max` UTF-16 units. */
export function text(min: number, max = Number.POSITIVE_INFINITY) {
  return v.pipe(
    v.string('must be a string'),
    v.check(({ length }) => length >= min && length <= max, count(min, max, 'characters')),
  );
}

/** A list of `min` to `max` items. */
export function items<const T extends v.GenericSchema>(item: T, min: number, max = Number.POSITIVE_INFINITY) {
  return v.pipe(
    v.array(item, 'must be a list'),
    v.check(({ length }) => length >= min && length <= max, count(min, max, 'items')),
  );
}

/** One of these words. */
export function oneOf<const T extends readonly string[]>(values: T) {
  return v.picklist(values, `must be one of ${values.join(', ')}`);
}

/** A number from `min` to `max`, both included. */
export function range(min: number, max: number) {
  return v.custom<number>(
    (value) => typeof value === 'number' && value >= min && value <= max,
    `must be a number from ${min} to ${max}`,
  );
}

/** A whole number from `min` to `max`, both included. */
export function whole(min: number, max = Number.MAX_SAFE_INTEGER) {
  return v.custom<number>(
    (value) => Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max,
    max === Number.MAX_SAFE_INTEGER
      ? `must be a whole number of at least ${min}`
      : `must be a whole number from ${min} to ${max}`,
  );
}

/** Text of a form; `words` say which. */
export function matching(pattern: RegExp, words: string) {
  return v.pipe(
    v.string('must be a string'),
    v.check((text) => pattern.test(text), words),
  );
}

/** An address that a browser could open. */
export const webUrl = v.pipe(
  text(1, 2048),
  v.check((url) => /^https?:\/\/\S+$/.test(url) && URL.canParse(url), 'must be an http(s) URL'),
);

/** Texts, as a list or by name. Copies of an object lose a member called `__proto__`, so none may be. */
export const texts = v.custom<string[] | Record<string, string>>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Object.hasOwn(value, '__proto__') &&
    Object.values(value).every((each) => typeof each === 'string'),
  'must be a list or an object of strings',
);

/** An object with whatever members; `words` say what it is to be. */
export function anyObject(words = 'must be an object') {
  return v.custom<Record<string, unknown>>(isObject, words);
}

/** An object with these members and no others. */
export function object<const T extends v.ObjectEntries>(
  members: T,
): v.GenericSchema<unknown, v.InferOutput<v.ObjectSchema<T, undefined>>> {
  const known = Object.keys(members);
  // an issue names its check: so it is seen what is known, also by a function whose channels come from the layer
  const isKnown = Object.assign((value: Record<string, unknown>) => strangerIn(value, known) === undefined, { known });
  return v.pipe(
    anyObject(),
    v.check(isKnown, ({ input }) => `has no field '${strangerIn(input, known)}'`),
    v.looseObject(members, 'is required'),
  );
}

/** The first thing wrong: where (`contacts.0.name`; empty for the whole) and what, in words and as a code. */
export interface Misfit {
  path: string[];
  words: string;
  code: 'missing_field' | 'unknown_field' | 'invalid_field';
  /** of an `unknown_field`: its name, and those that are known there */
  stranger?: { name: string; known: string };
}

/** What a schema makes of what a caller wrote, or the first thing wrong with it. */
export function readFields<T extends v.GenericSchema>(
  schema: T,
  value: unknown,
): { ok: true; value: v.InferOutput<T> } | { ok: false; misfit: Misfit } {
  const { success, output, issues } = v.safeParse(schema, value, { abortEarly: true });
  if (success) return { ok: true, value: output };
  return { ok: false, misfit: misfitOf(issues[0]) };
}

/** JSON has no undefined: whatever else a schema would say of it, the field is not there. */
function misfitOf({ path: steps, input, message, requirement }: v.BaseIssue<unknown>): Misfit {
  const path = steps?.map(({ key }) => String(key)) ?? [];
  const written = steps ? steps.at(-1)?.value : input;
  if (written === undefined) return { path, words: 'is required', code: 'missing_field' };
  const known =
    typeof requirement === 'function' && 'known' in requirement ? (requirement.known as string[]) : undefined;
  const name = known && strangerIn(input as object, known);
  if (!known || name === undefined) return { path, words: message, code: 'invalid_field' };
  return { path, words: message, code: 'unknown_field', stranger: { name, known: known.join(', ') } };
}

function strangerIn(value: object, known: readonly string[]): string | undefined {
  return Object.keys(value).find((name) => !known.includes(name));
}

function count(min: number, max: number, things: string): string {
  if (max === Number.POSITIVE_INFINITY) return min === 1 ? 'must not be empty' : `must have at least ${min} ${things}`;
  return min === 0 ? `must have at most ${max} ${things}` : `must have ${min} to ${max} ${things}`;
}
