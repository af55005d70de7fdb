import * as v from 'valibot';
import { items, matching, object, text, whole } from './fields.ts';
import { price } from './price.ts';
import { quietHours, zone } from './quiet-hours.ts';
import { windowPolicy } from './send-window.ts';

const words = items(text(1, 40), 0, 50);

/** Whether customers' words count (STOP and its like), and which count beside those that everyone knows. */
const optOut = object({
  enabled: v.optional(v.boolean('must be true or false')),
  stop_words: v.optional(words),
  start_words: v.optional(words),
});

/** How many days a short link leads somewhere. */
const shortLinks = object({ days: v.optional(whole(1, 730)) });

/** What a message costs, by channel. */
const prices = v.record(matching(/^[a-z_]{1,40}$/, 'must be the name of a channel, such as sms'), price);

/** What an organization sets for itself, by section. A section that is written takes the place of what it was; null: as if never set. */
export const organizationSettings = object({
  opt_out: v.optional(v.nullable(optOut)),
  short_links: v.optional(v.nullable(shortLinks)),
  /** the clock of its times that name no zone */
  timezone: v.optional(v.nullable(zone)),
  quiet_hours: v.optional(v.nullable(quietHours)),
  window_policy: v.optional(v.nullable(windowPolicy)),
  prices: v.optional(v.nullable(prices)),
});

export type SettingsChange = v.InferOutput<typeof organizationSettings>;

/** The sections that are set. */
export type OrganizationSettings = { [Section in keyof SettingsChange]?: NonNullable<SettingsChange[Section]> };

/** How many days a short link leads somewhere, unless told. */
export const SHORT_LINK_DAYS = 90;
