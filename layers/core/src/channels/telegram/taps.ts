import * as v from 'valibot';
import { compact, reasonOf, type Reading } from '../shared/read.ts';
import { momentOf } from '../shared/time.ts';
import { counterpartyOf, isPerson, messageIdOf, nameOf } from './address.ts';
import * as wire from './taps-wire.ts';

/** A tap has no time of its own, and its message may be too old for Telegram to show: then only the id is left. */
export function readCallback(raw: unknown): Reading {
  const parsed = v.safeParse(wire.callback, raw);
  if (!parsed.success) return reasonOf(parsed.issues, 'callback_query');
  const { id, from, message, data, game_short_name } = parsed.output;
  const choice = data ?? game_short_name ?? '';
  const buttons = message?.reply_markup?.inline_keyboard.flat() ?? [];
  const title = buttons.find((button) => button.callback_data === choice)?.text ?? choice;
  const place = message ?? { chat: { ...from, type: 'private' } };
  return {
    kind: 'message',
    direction: 'INBOUND',
    providerMessageId: `callback:${id}`,
    counterparty: counterpartyOf(place),
    body: { type: 'interactive', interactive: { kind: 'reply', id: choice, title } },
    ...compact({
      author: isPerson(place.chat) ? undefined : nameOf(from),
      replyTo: message && messageIdOf(message),
    }),
  };
}

/** The list after the change: empty takes the reaction back; of several the last is the newest. It does not say in which topic. */
export function readReaction(raw: unknown, updateId: string): Reading {
  const parsed = v.safeParse(wire.reactionUpdate, raw);
  if (!parsed.success) return reasonOf(parsed.issues, 'message_reaction');
  const { chat, date, user, actor_chat, new_reaction } = parsed.output;
  const target = messageIdOf(parsed.output);
  const newest = new_reaction.at(-1);
  const emoji = newest?.type === 'paid' ? '⭐' : (newest?.emoji ?? null);
  const unknown = newest !== undefined && emoji === null;
  const actor = actor_chat?.title ?? (user && nameOf(user));
  return {
    kind: 'message',
    direction: 'INBOUND',
    providerMessageId: `${target}:reaction:${updateId}`,
    counterparty: counterpartyOf({ chat }),
    body: unknown
      ? { type: 'unsupported', providerType: `reaction ${newest.type}`, raw }
      : { type: 'reaction', emoji, target },
    ...compact({ author: isPerson(chat) ? undefined : actor, providerAt: momentOf(date) }),
  };
}
