import * as v from 'valibot';
import { object, oneOf, text } from '../../domain/fields.ts';

/** What a send may say of its SMS. */
export const options = object({
  /** typographic signs become plain ones where that keeps the text GSM-7; true unless told */
  smart_encoding: v.optional(v.boolean('must be true or false')),
  encoding: v.optional(oneOf(['auto', 'gsm', 'unicode'])),
  /** one of the account's approved sender names; only VictoryLink can be told one */
  sender: v.optional(text(1, 12)),
});
export type Options = v.InferOutput<typeof options>;
