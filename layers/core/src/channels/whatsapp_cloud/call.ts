import * as v from 'valibot';
import type { Asked } from '../contract.ts';
import { callGraph, type GraphCall } from '../shared/meta-api.ts';
import { idText, maybe, object, readAs } from '../shared/read.ts';
import { mend, sendErrorOf } from '../shared/receipt.ts';
import { errorOf } from './errors.ts';

/** What Graph is asked with: where it is, and whose token, if there is one yet. */
export interface Caller {
  baseUrl: string;
  credentials?: { access_token: string };
}

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

/** What can be asked of a business account can't be, where its id is not known. */
export const noBusiness = {
  ok: false,
  error: sendErrorOf(mend('invalid', 'waba_missing', 'The id of the WhatsApp Business account (waba_id) is needed.')),
} as const;

const phone = object({ id: idText, display_phone_number: maybe(v.string()), verified_name: maybe(v.string()) });
const phones = object({ data: v.array(phone) });
export type Phone = v.InferOutput<typeof phone>;

/** The numbers of a business account. */
export async function numbersOf(business: string, caller: Caller): Promise<Asked<Phone[]>> {
  const query = { fields: 'id,display_phone_number,verified_name', limit: '100' };
  const asked = await ask(caller, { method: 'GET', path: pathOf(business, 'phone_numbers'), query }, phones);
  return asked.ok ? { ok: true, value: asked.value.data } : asked;
}
