import * as v from 'valibot';
import { channelNamed } from '../../channels/manifests.ts';
import type { ChannelName } from '../../domain/channel.ts';
import { items, readFields, text } from '../../domain/fields.ts';
import { refuse } from '../../domain/problem.ts';
import type { Problem, Result } from '../../domain/problem.ts';

/** Channels as a caller names them; null for all of them. */
export const channels = v.nullable(
  items(
    v.pipe(
      text(1, 64),
      v.transform((name) => channelNamed(name)),
      v.custom<ChannelName>((name) => name !== undefined, 'must name channels'),
    ),
    1,
  ),
);

/** What is written of an entry of the library, or the first thing wrong with it. */
export function readEntry<T extends v.GenericSchema>(schema: T, body: unknown): Result<v.InferOutput<T>> {
  const read = readFields(schema, body);
  if (read.ok) return { ok: true, value: read.value };
  const path = read.misfit.path.join('.');
  if (path === '') return refuse(400, 'invalid_body', `The entry ${read.misfit.words}`);
  return refuse(400, 'invalid_field', `'${path}': ${read.misfit.words}`, { details: path });
}

export function taken(field: string, name: string): { ok: false; problem: Problem } {
  return refuse(409, '23505', `'${field}': there is another '${name}' already`, { details: field });
}

export function gone(): { ok: false; problem: Problem } {
  return refuse(404, 'not_found', 'It was deleted a moment ago');
}
