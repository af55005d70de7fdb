import * as v from 'valibot';
import { maybe, number, object, whole } from '../shared/read.ts';
import { chat, user } from './wire.ts';

const text = maybe(v.string());

export const contact = object({
  phone_number: v.string(),
  first_name: text,
  last_name: text,
  user_id: maybe(whole),
  vcard: text,
});

const line = object({ text: v.string() });
export const poll = object({ question: v.string(), options: v.array(line) });
export const checklist = object({ title: v.string(), tasks: v.array(line) });
export const dice = object({ emoji: v.string(), value: whole });

export const pollAnswer = object({ poll_id: v.string(), user: maybe(user), option_ids: v.array(whole) });

const member = object({ status: v.string(), is_member: maybe(v.boolean()) });
export type Member = v.InferOutput<typeof member>;
export const membership = object({
  chat,
  date: maybe(number),
  old_chat_member: maybe(member),
  new_chat_member: member,
});

export const deletion = object({ business_connection_id: v.string(), chat, message_ids: v.array(whole) });
