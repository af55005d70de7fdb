import * as v from 'valibot';
import { object } from '../../domain/fields.ts';

/** What a send of a mail may ask for beside what it says. */
export const options = object({
  /** gives the mail a link and a button that end such mail (RFC 8058): for mail to many */
  list_unsubscribe: v.optional(v.boolean('must be true or false')),
  /** no person wrote it (RFC 3834): then no machine answers it */
  automatic: v.optional(v.boolean('must be true or false')),
});
