import * as v from 'valibot';
import { object, text } from '../../domain/fields.ts';

const secret = text(1);

/** An access token lasts a day. With the refresh token, and the secret of the app it was given to, a new one can be had for a year. */
export const credentials = object({
  access_token: secret,
  refresh_token: v.optional(secret),
  client_secret: v.optional(secret),
});
export type Credentials = v.InferOutput<typeof credentials>;
