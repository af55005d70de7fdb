import * as v from 'valibot';
import { maybe, number, object } from '../shared/read.ts';

/** Answer to a send that was taken; only those of templates have a status. */
export const sent = object({ messages: v.array(object({ id: v.string(), message_status: maybe(v.string()) })) });

/** Answer to anything refused. */
export const refused = object({ error: object({ code: number, error_subcode: maybe(number) }) });

/** Answer to a look-up of a media id. */
export const mediaAnswer = object({ url: v.string() });

/** Answer to an upload. */
export const uploaded = object({ id: v.string() });

/** Answer to what is done or not. */
export const done = object({ success: v.literal(true) });
