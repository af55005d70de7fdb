import * as v from 'valibot';
import { object, text } from '../../domain/fields.ts';

const secret = text(1);

/** Appgain Notify: sends for a suit, and reports nothing. */
const notify = object({ kind: v.literal('notify'), suit_id: secret, api_key: secret });
export type NotifyCredentials = v.InferOutput<typeof notify>;

/** VictoryLink itself. `dlr_secret` is our own: with it we sign the address that delivery reports are to be sent to. */
const victoryLink = object({
  kind: v.literal('victorylink'),
  username: secret,
  password: secret,
  sender: text(1, 12),
  dlr_secret: secret,
});
export type VictoryLinkCredentials = v.InferOutput<typeof victoryLink>;

/** Of the provider that the account's SMS go through. */
export const credentials = v.union([notify, victoryLink]);
export type Credentials = v.InferOutput<typeof credentials>;
