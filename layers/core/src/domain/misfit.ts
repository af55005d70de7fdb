import type * as v from 'valibot';
import { readFields, text } from './fields.ts';
import type { Misfit } from './fields.ts';
import { ok, refuse } from './problem.ts';
import type { Problem, Result } from './problem.ts';

/** Refuses what a caller wrote: 400 `missing_field`, `unknown_field` or `invalid_field`, with the field's path below `within`. */
export function refuseMisfit(
  { path, words, code, stranger }: Misfit,
  within: readonly string[] = [],
): { ok: false; problem: Problem } {
  const place = [...within, ...path];
  const details = [...place, ...(stranger ? [stranger.name] : [])].join('.');
  const what = place.length === 0 ? 'The body' : `'${place.join('.')}'${code === 'missing_field' ? '' : ':'}`;
  return refuse(400, code, `${what} ${words}`, {
    ...(details === '' ? {} : { details }),
    ...(stranger ? { hint: `Its fields: ${stranger.known}` } : {}),
  });
}

/** What a schema makes of what a caller wrote; the first thing wrong with it is refused, as `refuseMisfit` does. */
export function readOrRefuse<T extends v.GenericSchema>(
  schema: T,
  written: unknown,
  within: readonly string[] = [],
): Result<v.InferOutput<T>> {
  const read = readFields(schema, written);
  return read.ok ? ok(read.value) : refuseMisfit(read.misfit, within);
}

/** The text of 1 to `max` characters, an id unless told otherwise, that a field of a body must have; null says nothing. */
export function requiredText(body: Record<string, unknown>, field: string, max = 256): Result<string> {
  return readOrRefuse(text(1, max), body[field] ?? undefined, [field]);
}
