import * as v from 'valibot';
import { idText, maybe, object } from '../shared/read.ts';

const text = maybe(v.string());
const id = maybe(idText);
const time = v.optional(v.unknown());

/** What every webhook is wrapped in. `content` is JSON in a string; `user_openid` is the business. */
export const envelope = object({ event: v.string(), user_openid: idText, content: v.string() });

const party = maybe(object({ id, role: text }));
const media = maybe(object({ media_id: idText }));
const link = maybe(object({ url: v.string() }));

const reaction = object({
  operation: text,
  type: text,
  emoji: text,
  unique_identifier: id,
  timestamp: time,
  original_msg_id: id,
});
export type Reaction = v.InferOutput<typeof reaction>;

const card = object({
  title: text,
  buttons: maybe(v.array(object({ text, title: text, id }))),
});

/** The content of an event: a message, or what else happened in a conversation. Which parts are there depends on the event and the type. */
export const content = object({
  message_id: id,
  type: text,
  conversation_id: id,
  timestamp: time,
  from: text,
  to: text,
  from_user: party,
  to_user: party,
  text: maybe(object({ body: v.string() })),
  image: media,
  video: media,
  sticker: link,
  emoji: link,
  share_post: maybe(object({ embed_url: text, video_id: id })),
  reaction: maybe(v.array(maybe(reaction))),
  template: maybe(object({ elements: maybe(v.array(card)) })),
  referenced_message_info: maybe(object({ referenced_message_id: id })),
  reply_source_payload: maybe(object({ reply_source_msg_id: id, reply_source_unique_id: id })),
  read: maybe(object({ last_read_timestamp: time })),
  referral: maybe(
    object({
      source: text,
      ad: maybe(object({ ad_id: id, ad_name: text })),
      short_link: maybe(object({ ref: text, prefilled_message: text })),
    }),
  ),
  comment_id: id,
  comment_text: text,
});
export type Content = v.InferOutput<typeof content>;
