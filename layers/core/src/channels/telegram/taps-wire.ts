import * as v from 'valibot';
import { maybe, number, object, whole } from '../shared/read.ts';
import { chat, names, place, user } from './wire.ts';

const text = maybe(v.string());

const button = object({ text: v.string(), callback_data: text });
const markup = object({ inline_keyboard: v.array(v.array(button)) });

export const callback = object({
  id: v.string(),
  from: user,
  message: maybe(object({ ...names, ...place, chat, reply_markup: maybe(markup) })),
  data: text,
  game_short_name: text,
});

export const reactionUpdate = object({
  chat,
  message_id: whole,
  date: maybe(number),
  user: maybe(user),
  actor_chat: maybe(chat),
  new_reaction: v.array(object({ type: v.string(), emoji: text })),
});
