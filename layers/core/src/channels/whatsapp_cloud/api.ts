import type * as v from 'valibot';
import type { SendError } from '../../domain/status.ts';
import { callGraph, type GraphCall } from '../shared/meta-api.ts';
import { readAs } from '../shared/read.ts';
import { errorOf } from './errors.ts';

/** What Graph is asked with: where it is, and whose token, if there is one yet. */
export interface Caller {
  baseUrl: string;
  credentials?: { access_token: string };
}

/** What became of a question that is no message. */
export type Asked<T> = { ok: true; value: T } | { ok: false; error: SendError };

/** Asks Graph something that may be asked again, and reads its answer. */
export async function ask<const T extends v.GenericSchema>(
  { baseUrl, credentials }: Caller,
  call: GraphCall,
  schema: T,
): Promise<Asked<v.InferOutput<T>>> {
  const answer = await callGraph({ baseUrl, ...(credentials && { token: credentials.access_token }) }, call);
  const value = answer.kind === 'answer' && answer.status === 200 ? readAs(schema, answer.json) : undefined;
  return value === undefined ? { ok: false, error: errorOf(answer) } : { ok: true, value };
}

/** A path below a number, a business account or nothing; ids are what people typed. */
export function pathOf(...parts: string[]): string {
  return parts.map(encodeURIComponent).join('/');
}
