import * as v from 'valibot';
import { object, text } from '../../domain/fields.ts';

/** An access token lasts a day. With the refresh token, and the secret of the app it was given to, a new one can be had for a year. */
export const credentials = object({
  access_token: text(1),
  refresh_token: v.optional(text(1)),
  client_secret: v.optional(text(1)),
});
export type Credentials = v.InferOutput<typeof credentials>;
