import * as v from 'valibot';
import { matching, object, oneOf, text, webUrl, whole } from '../../domain/fields.ts';

const flag = v.optional(v.boolean('must be true or false'));

/** What a push may say beyond its body: how the push service keeps it (RFC 8030, 5), and how the browser shows it (`NotificationOptions`). */
export const options = object({
  /** seconds; 0: now or never. At most four weeks */
  ttl: v.optional(whole(0, 2_419_200)),
  urgency: v.optional(oneOf(['very-low', 'low', 'normal', 'high'])),
  /** a later push of the same topic takes the place of one that still waits at the push service */
  topic: v.optional(matching(/^[\w-]{1,32}$/, 'must be 1 to 32 characters of A-Z, a-z, 0-9, - and _')),
  /** a later notification of the same tag takes the place of one on the screen, and says so aloud with `renotify` */
  tag: v.optional(text(1, 64)),
  renotify: flag,
  require_interaction: flag,
  silent: flag,
  icon: v.optional(webUrl),
  badge: v.optional(webUrl),
  image: v.optional(webUrl),
  /** where a tap leads */
  url: v.optional(webUrl),
  dir: v.optional(oneOf(['auto', 'ltr', 'rtl'])),
  lang: v.optional(matching(/^[A-Za-z]{2,8}(-[A-Za-z\d]{1,8})*$/, 'must be a language tag, as ar or en-GB')),
});

export type Options = v.InferOutput<typeof options>;
