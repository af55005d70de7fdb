import type * as v from 'valibot';
import { matching, object, range } from './fields.ts';

/** What one message costs, or one segment of an SMS, as the organization says. */
export const price = object({
  amount: range(0, 1_000_000),
  currency: matching(/^[A-Z]{3}$/, 'must be an ISO 4217 code, as in EGP'),
});

export type Price = v.InferOutput<typeof price>;
