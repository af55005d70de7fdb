import * as v from 'valibot';
import { referral, text } from './meta-wire.ts';
import { idText as id, maybe, object } from './read.ts';

export const postback = object({ mid: maybe(id), title: text, payload: text, referral: maybe(referral) });

export const reaction = object({ mid: id, action: v.string(), reaction: text, emoji: text });

export const edit = object({ mid: id, text: v.string(), num_edit: maybe(id) });

export const opened = referral;

/** By a plugin, or to be told of something later on. */
export const optin = object({ ref: text, payload: text, title: text, notification_messages_status: text });

export const policy = object({ action: v.string(), reason: text });
