import * as v from 'valibot';
import { items } from '../../domain/fields.ts';
import { refuse } from '../../domain/problem.ts';
import type { Problem } from '../../domain/problem.ts';
import { channelField } from '../channel-field.ts';

/** Channels as a caller names them; null for all of them. */
export const channels = v.nullable(items(channelField, 1));

export function taken(field: string, name: string): { ok: false; problem: Problem } {
  return refuse(409, '23505', `'${field}': there is another '${name}' already`, { details: field });
}

export function gone(): { ok: false; problem: Problem } {
  return refuse(404, 'not_found', 'It was deleted a moment ago');
}
