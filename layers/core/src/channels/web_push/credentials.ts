import * as v from 'valibot';
import { matching, object, oneOf, text, whole } from '../../domain/fields.ts';

/** Apple refuses a contact that is not a clean `mailto:` or `https:` address, or that names localhost. */
const subject = matching(
  /^(?=.{1,200}$)(mailto:[^\s<>@]+@|https:\/\/)(?!localhost)[^\s<>]+$/,
  'must be a mailto: or https: address of at most 200 characters',
);

/** Short, because they travel inside a payload of which a phone takes 2800 bytes. */
const link = matching(/^(?=.{1,128}$)https?:\/\/[!-~]+$/, 'must be an http(s) URL of at most 128 ASCII characters');

/** What one site's pushes are signed with and look like. */
export const credentials = object({
  /** VAPID (RFC 8292): the uncompressed P-256 point, base64url; the site's subscriptions are bound to it */
  public_key: matching(/^B[\w-]{86}$/, 'must be an uncompressed P-256 point in base64url'),
  private_key: matching(/^[\w-]{43}$/, 'must be a P-256 private key in base64url'),
  /** pairs that the site had before, newest first, each `public.private`, with spaces between them: until their subscriptions have been renewed */
  former_keys: v.optional(
    matching(
      /^(?=.{1,600}$)B[\w-]{86}\.[\w-]{43}( B[\w-]{86}\.[\w-]{43})*$/,
      'must be pairs of keys written public.private, with spaces between them, four at most',
    ),
  ),
  /** whom a push service may write to about our pushes */
  subject,
  /** makes the tokens by which a receipt is known */
  webhook_secret: text(16),
  /** origins whose pages may subscribe, with spaces between them */
  origins: matching(/^https?:\/\/[^\s/]+( https?:\/\/[^\s/]+)*$/, 'must be origins with spaces between them'),
  /** where a tap leads when the message has no link of its own */
  url: v.optional(link),
  icon: v.optional(link),
  badge: v.optional(link),
  /** how long a push service keeps a message for a browser that is away: at most four weeks, a day unless told */
  ttl_seconds: v.optional(whole(1, 2_419_200)),
  /** RFC 8030, 5.3; `high` unless told, because a person waits for the answer */
  urgency: v.optional(oneOf(['very-low', 'low', 'normal', 'high'])),
});

export type Credentials = v.InferOutput<typeof credentials>;
