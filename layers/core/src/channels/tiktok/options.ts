import * as v from 'valibot';
import { matching, object, oneOf } from '../../domain/fields.ts';

/** What a send on TikTok may say beyond its body, called as in TikTok's API. */
export const options = object({
  /** the card that buttons stand on: a button card has room for 20 characters in each, a link card for 40. By their length unless told */
  template_type: v.optional(oneOf(['QA_BUTTON_CARD', 'QA_LINK_CARD'])),
  /** the post that a video is, where `media_url` does not name it */
  item_id: v.optional(matching(/^\d{5,25}$/, 'must be the id of a TikTok post: 5 to 25 digits')),
});

export type Options = v.InferOutput<typeof options>;
