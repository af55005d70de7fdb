import * as v from 'valibot';
import { maybe, object } from '../shared/read.ts';

const text = maybe(v.string());

/** Why there is no history. */
export const refusal = object({ title: text, message: text, error_data: maybe(object({ details: text })) });

/** One of `state_sync`: a change of the phone's address book. */
export const person = object({
  type: text,
  action: text,
  contact: maybe(object({ full_name: text, first_name: text, phone_number: text })),
});
