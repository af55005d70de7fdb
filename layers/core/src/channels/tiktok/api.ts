import * as v from 'valibot';
import { filledText, idText, maybe, number, object } from '../shared/read.ts';

const text = maybe(v.string());

/** Every answer. A refusal comes with HTTP 200 and a code other than 0. */
export const answer = object({ code: number, message: text });
/** Answer to a send that was taken. */
export const sent = object({ data: object({ message: object({ message_id: idText }) }) });
/** Answer to an upload. */
export const uploaded = object({ data: object({ media_id: idText }) });
/** Where a file lies. */
export const located = object({ data: object({ download_url: v.string() }) });
/** Answer to a refresh token; `expires_in` in seconds. */
export const renewed = object({
  data: object({ access_token: filledText, refresh_token: maybe(v.string()), expires_in: number }),
});

/** Answer to a code: `open_id` is the business's id from then on, `scope` what its owner let us have. */
export const granted = object({
  data: object({
    access_token: filledText,
    refresh_token: maybe(filledText),
    expires_in: number,
    scope: text,
    open_id: idText,
  }),
});

/** Whose a token is, and what for. */
export const tokenInfo = object({ data: object({ creator_id: maybe(idText), scope: v.optional(v.unknown()) }) });
/** What a business goes by. */
export const business = object({ data: object({ username: maybe(filledText), display_name: maybe(filledText) }) });
/** Where the application's webhooks go. */
export const webhookAnswer = object({ data: object({ callback_url: text }) });

/** Whether a conversation takes pictures. */
export const abilities = object({
  data: object({
    capability_infos: v.array(object({ capability_type: text, capability_result: v.optional(v.unknown()) })),
  }),
});

/** An account's conversations, newest first. */
export const conversations = object({
  data: object({ conversations: v.array(object({ conversation_id: idText, update_time: v.optional(v.unknown()) })) }),
});

/** The newest 20 messages of a conversation, and the only place that tells people's names. */
export const contents = object({
  data: object({
    participants: maybe(v.array(object({ id: idText, display_name: text }))),
    messages: v.array(v.unknown()),
  }),
});
