import * as v from 'valibot';
import { object, oneOf, readFields, text } from '../domain/fields.ts';
import { ok, refuse } from '../domain/problem.ts';
import type { Result } from '../domain/problem.ts';

/** What a person may change of a channel account. */
export interface AccountChange {
  name?: string;
  status?: 'Active' | 'Inactive';
}

const change = object({ name: v.optional(text(1, 100)), status: v.optional(oneOf(['Active', 'Inactive'])) });

/** Reads the JSON of a change. The refusal names the field and its limit. */
export function parseAccountChange(json: unknown): Result<AccountChange> {
  const read = readFields(change, json);
  if (!read.ok) {
    const { path, words } = read.misfit;
    const what = path.length > 0 ? `'${path.join('.')}':` : 'The body';
    return refuse(400, 'PGRST102', `${what} ${words}`, { hint: 'name and status can be changed' });
  }
  const { name, status } = read.value;
  return ok({ ...(name === undefined ? {} : { name }), ...(status === undefined ? {} : { status }) });
}
