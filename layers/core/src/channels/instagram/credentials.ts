import * as v from 'valibot';
import { matching, object, text } from '../../domain/fields.ts';

/** After a login with Instagram, the account's own token. The secrets that sign webhooks belong to the application. */
const ofAccount = object({ login: v.literal('instagram'), access_token: text(1) });

/** After a login with Facebook, the token of the page that the account is linked to. */
const ofPage = object({
  login: v.literal('facebook'),
  access_token: text(1),
  page_id: matching(/^\d+$/, 'must be the digits of a page id'),
});

/** By which login the account was connected, and the token that it gave. */
export const credentials = v.union([ofAccount, ofPage]);
export type Credentials = v.InferOutput<typeof credentials>;
