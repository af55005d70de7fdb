import * as v from 'valibot';
import { matching, object, text } from '../../domain/fields.ts';

/**
 * What is sealed on the channel account. The secrets that sign webhooks belong to the application. The token is one of a
 * system user or of the Embedded Signup.
 */
export const credentials = object({
  access_token: text(1),
  /** the WhatsApp Business account that the number is of: has the templates, and is what webhooks are subscribed for */
  waba_id: v.optional(matching(/^\d{5,20}$/, 'must be the id of a WhatsApp Business account, digits only')),
  /** the number as people dial it, by which Meta tells of its quality */
  phone_number: v.optional(matching(/^\+?[\d\s()-]{7,20}$/, 'must be a phone number in international form')),
  /** for two-step verification: with it, a number that is not registered yet is */
  pin: v.optional(matching(/^\d{6}$/, 'must be 6 digits')),
  /** of the application: with it, this business account's webhooks come to us wherever the application's own go */
  verify_token: v.optional(text(1, 200)),
});
export type Credentials = v.InferOutput<typeof credentials>;
