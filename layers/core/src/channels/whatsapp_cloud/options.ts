import * as v from 'valibot';
import { object } from '../../domain/fields.ts';

/** What only WhatsApp knows of a send. */
export const options = object({
  /** whether the first link of a text shows a preview; without it, every link does */
  preview_url: v.optional(v.boolean('must be true or false')),
});
