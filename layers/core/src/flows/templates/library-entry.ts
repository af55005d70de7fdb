import * as v from 'valibot';
import { items, readFields } from '../../domain/fields.ts';
import { refuseMisfit } from '../../domain/misfit.ts';
import { refuse } from '../../domain/problem.ts';
import type { Problem, Result } from '../../domain/problem.ts';
import { channelField } from '../channel-field.ts';

/** Channels as a caller names them; null for all of them. */
export const channels = v.nullable(items(channelField, 1));

/** What is written of an entry of the library, or the first thing wrong with it. */
export function readEntry<T extends v.GenericSchema>(schema: T, body: unknown): Result<v.InferOutput<T>> {
  const read = readFields(schema, body);
  return read.ok ? { ok: true, value: read.value } : refuseMisfit(read.misfit);
}

export function taken(field: string, name: string): { ok: false; problem: Problem } {
  return refuse(409, '23505', `'${field}': there is another '${name}' already`, { details: field });
}

export function gone(): { ok: false; problem: Problem } {
  return refuse(404, 'not_found', 'It was deleted a moment ago');
}
