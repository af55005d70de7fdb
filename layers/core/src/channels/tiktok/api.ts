import * as v from 'valibot';
import { filledText, idText, maybe, number, object } from '../shared/read.ts';

/** Every answer. A refusal comes with HTTP 200 and a code other than 0. */
export const answer = object({ code: number });
export const sent = object({ data: object({ message: object({ message_id: idText }) }) });
export const uploaded = object({ data: object({ media_id: idText }) });
export const located = object({ data: object({ download_url: v.string() }) });
export const renewed = object({
  data: object({ access_token: filledText, refresh_token: maybe(v.string()), expires_in: number }),
});
