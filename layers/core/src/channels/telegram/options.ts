import * as v from 'valibot';
import { items, object, oneOf, text, webUrl, whole } from '../../domain/fields.ts';

const flag = v.optional(v.boolean('must be true or false'));

const key = object({ text: text(1, 256), request_contact: flag, request_location: flag });

/** Keys that stand under the customer's text field and write their own text when tapped. */
const keys = object({
  rows: items(items(key, 1, 12), 1, 100),
  one_time: flag,
  persistent: flag,
  placeholder: v.optional(text(1, 64)),
});

/** The message's text is the question. */
const poll = object({
  options: items(text(1, 100), 1, 12),
  is_anonymous: flag,
  allows_multiple_answers: flag,
  type: v.optional(oneOf(['regular', 'quiz'])),
  correct_option_ids: v.optional(items(whole(0, 11), 1, 12)),
  explanation: v.optional(text(1, 200)),
  open_period: v.optional(whole(5, 2_628_000)),
});

/** Further files of the message: with its own, 2 to 10 make an album. */
const album = items(
  object({ media_url: webUrl, media_type: v.optional(oneOf(['image', 'video', 'audio', 'document'])) }),
  1,
  9,
);

/** What a send on Telegram may say beyond its body, called as in the Bot API where that has it. */
export const options = object({
  disable_notification: flag,
  protect_content: flag,
  allow_paid_broadcast: flag,
  message_effect_id: v.optional(text(1, 64)),
  /** the topic of a group to write in, where the thread itself is none */
  message_thread_id: v.optional(whole(1)),
  disable_link_preview: flag,
  has_spoiler: flag,
  /** a video as a round one: square, of a minute at most, without words */
  video_note: flag,
  show_caption_above_media: flag,
  /** how many of the buttons of `interactive` stand side by side */
  columns: v.optional(whole(1, 8)),
  keyboard: v.optional(
    v.union([oneOf(['remove', 'force_reply']), keys], "must be 'remove', 'force_reply' or {rows: …}"),
  ),
  poll: v.optional(poll),
  album: v.optional(album),
});

export type Options = v.InferOutput<typeof options>;
