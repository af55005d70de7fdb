import * as v from 'valibot';
import { matching, object, oneOf, text, webUrl } from '../../domain/fields.ts';

const line = matching(/^[^\p{C}]{1,1024}$/u, 'must be one line of at most 1024 characters');
/** The tag of a return path has 47 characters behind its `+`, and all have room for 64 (RFC 5321, 4.5.3.1.1). */
const tagging = matching(
  /^[^\s@<>"]{1,16}@[^\s@<>"]{3,253}$/,
  'must be an email address with at most 16 characters before the @',
);
const address = matching(/^[^\s@<>"]{1,64}@[^\s@<>"]{3,253}$/, 'must be an email address');

/** How an account proves itself to its mail server, and how mail finds it. The server itself is the account's `base_url`: `smtp://host:587`, `smtps://host:465`. */
export const credentials = object({
  /** `password` unless told; `oauth2` is XOAUTH2, as Google and Microsoft want it; `none` for a server that asks for nothing */
  auth: v.optional(oneOf(['password', 'oauth2', 'none'])),
  user: v.optional(line),
  password: v.optional(line),
  /** OAuth 2: a token that lasts, or what gets new ones */
  access_token: v.optional(text(1, 8192)),
  refresh_token: v.optional(text(1, 8192)),
  client_id: v.optional(line),
  client_secret: v.optional(line),
  token_url: v.optional(webUrl),
  /** the address that mail is from; the account's external id unless told */
  from: v.optional(address),
  /** the name beside it; the account's name unless told */
  from_name: v.optional(line),
  /** an address whose mail comes straight to us: answers go there, each conversation has its own tag */
  inbound_address: v.optional(address),
  /** an address whose mail comes straight to us, and under which the server lets the account send: reports go there, each attempt has its own tag */
  bounce_address: v.optional(tagging),
  /** PEM: who vouches for a server with a certificate of its own */
  ca: v.optional(text(1, 65_536)),
  /** signs webhooks that bring mail, our Message-IDs, answer addresses and unsubscribe links */
  webhook_secret: text(16, 1024),
});
export type Credentials = v.InferOutput<typeof credentials>;
