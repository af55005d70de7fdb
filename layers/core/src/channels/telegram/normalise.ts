import * as v from 'valibot';
import type { Direction } from '../../domain/message.ts';
import type { Element } from '../contract.ts';
import { compact, elementOf, fieldsOf, readAs, reasonOf, type Reading } from '../shared/read.ts';
import { momentOf } from '../shared/time.ts';
import { counterpartyOf, messageIdOf } from './address.ts';
import { bodyOf } from './body.ts';
import * as wire from './wire.ts';

type Reader = (content: unknown, updateId: string) => Reading;

const readers: Record<string, Reader> = {
  message: readMessage,
  channel_post: readMessage,
  business_message: readMessage,
  edited_message: readEdit,
  edited_channel_post: readEdit,
  edited_business_message: readEdit,
  callback_query: readCallback,
  message_reaction: readReaction,
  my_chat_member: readMembership,
};

/** Understood, and nothing that belongs in a conversation of this inbox. */
const ignored = new Set([
  'business_connection',
  'guest_message',
  'message_reaction_count',
  'inline_query',
  'chosen_inline_result',
  'shipping_query',
  'pre_checkout_query',
  'purchased_paid_media',
  'poll',
  'poll_answer',
  'chat_member',
  'chat_join_request',
  'chat_boost',
  'removed_chat_boost',
  'managed_bot',
  'subscription',
]);

/** One update holds exactly one kind; only a deletion tells of several messages. */
export function normalise(payload: unknown): Element[] {
  const { update_id: id, ...kinds } = fieldsOf(payload);
  const kind = Object.keys(kinds).find((name) => Object.hasOwn(readers, name) || ignored.has(name));
  if (kinds['deleted_business_messages'] !== undefined) return readDeletion(kinds['deleted_business_messages']);
  if (typeof id !== 'number' || kind === undefined) {
    return [{ ok: false, reason: `unknown update ${Object.keys(kinds).join(', ').slice(0, 100)}`, raw: payload }];
  }
  return [
    elementOf(payload, undefined, () => readers[kind]?.(kinds[kind], `u${id}`) ?? { kind: 'ignored', why: kind }),
  ];
}

function readMessage(raw: unknown, updateId: string): Reading {
  const parsed = v.safeParse(wire.message, raw);
  if (!parsed.success) return reasonOf(parsed.issues, 'message');
  const message = parsed.output;
  const body = bodyOf(message);
  if (!body) return 'message with malformed content';
  return {
    kind: 'message',
    direction: directionOf(message),
    providerMessageId: messageIdOf(message, updateId),
    counterparty: counterpartyOf(message.chat, message.business_connection_id),
    body,
    ...compact({ providerAt: momentOf(message.date), replyTo: originalOf(message) }),
  };
}

/** In a business chat, whatever is not from the customer is from the business: its owner or the bot itself. */
function directionOf(message: wire.Message): Direction {
  if (message.business_connection_id === undefined) return 'INBOUND';
  const byBot = message.sender_business_bot !== undefined;
  return byBot || (message.from && message.from.id !== message.chat.id) ? 'OUTBOUND' : 'INBOUND';
}

/** The original of a reply lies in the same thread, though Telegram does not repeat the connection in it. */
function originalOf({ reply_to_message: original, business_connection_id }: wire.Message): string | undefined {
  return original && messageIdOf({ ...original, ...compact({ business_connection_id }) });
}

/**
 * What was said is never overwritten: an edit is an event of its own that points to the edited message and carries
 * the new text. Moves of a live location are no edits of what was said.
 */
function readEdit(raw: unknown, updateId: string): Reading {
  const event = readMessage(raw, updateId);
  if (typeof event === 'string' || event.kind !== 'message') return event;
  const { body, providerMessageId: original } = event;
  if (body.type === 'location') return { kind: 'ignored', why: 'live location moved' };
  const edited = readAs(wire.message, raw)?.edit_date;
  return {
    ...event,
    providerMessageId: `${original}:edit:${edited ?? updateId}`,
    replyTo: original,
    body: 'text' in body && body.text ? { type: 'system', event: 'message_edited', text: body.text } : body,
    ...compact({ providerAt: momentOf(edited) }),
  };
}

/** A tap has no time of its own, and its message may be too old for Telegram to show: then only the id is left. */
function readCallback(raw: unknown): Reading {
  const parsed = v.safeParse(wire.callback, raw);
  if (!parsed.success) return reasonOf(parsed.issues, 'callback_query');
  const { id, from, message, data, game_short_name } = parsed.output;
  const choice = data ?? game_short_name ?? '';
  const buttons = message?.reply_markup?.inline_keyboard.flat() ?? [];
  const title = buttons.find((button) => button.callback_data === choice)?.text ?? choice;
  return {
    kind: 'message',
    direction: 'INBOUND',
    providerMessageId: `callback:${id}`,
    counterparty: counterpartyOf(message?.chat ?? { ...from, type: 'private' }, message?.business_connection_id),
    body: { type: 'interactive', interactive: { kind: 'reply', id: choice, title } },
    ...compact({ replyTo: message && messageIdOf(message) }),
  };
}

/** The list after the change: empty takes the reaction back; of several the last is the newest. */
function readReaction(raw: unknown, updateId: string): Reading {
  const parsed = v.safeParse(wire.reactionUpdate, raw);
  if (!parsed.success) return reasonOf(parsed.issues, 'message_reaction');
  const { chat, date, new_reaction } = parsed.output;
  const target = messageIdOf(parsed.output);
  const newest = new_reaction.at(-1);
  const emoji = newest?.type === 'paid' ? '⭐' : (newest?.emoji ?? null);
  const unknown = newest !== undefined && emoji === null;
  return {
    kind: 'message',
    direction: 'INBOUND',
    providerMessageId: `${target}:reaction:${updateId}`,
    counterparty: counterpartyOf(chat),
    body: unknown
      ? { type: 'unsupported', providerType: `reaction ${newest.type}`, raw }
      : { type: 'reaction', emoji, target },
    ...compact({ providerAt: momentOf(date) }),
  };
}

/** In a private chat this comes only when the customer blocks or unblocks the bot. */
function readMembership(raw: unknown, updateId: string): Reading {
  const parsed = v.safeParse(wire.membership, raw);
  if (!parsed.success) return reasonOf(parsed.issues, 'my_chat_member');
  const { chat, date, new_chat_member } = parsed.output;
  const gone = new_chat_member.status === 'kicked' || new_chat_member.status === 'left';
  const [event, text] =
    chat.type === 'private'
      ? gone
        ? ['bot_blocked', 'The customer blocked the bot']
        : ['bot_unblocked', 'The customer unblocked the bot']
      : gone
        ? ['bot_removed', 'The bot was removed from the group']
        : ['bot_added', `The bot is now ${new_chat_member.status} in the group`];
  return {
    kind: 'message',
    direction: 'INBOUND',
    providerMessageId: `${chat.id}:member:${updateId}`,
    counterparty: counterpartyOf(chat),
    body: { type: 'system', event: event ?? '', text: text ?? '' },
    ...compact({ providerAt: momentOf(date) }),
  };
}

/** Only business chats report deletions. No time comes with them. */
function readDeletion(raw: unknown): Element[] {
  const parsed = v.safeParse(wire.deletion, raw);
  if (!parsed.success) return [{ ok: false, reason: reasonOf(parsed.issues, 'deleted_business_messages'), raw }];
  const { business_connection_id, chat, message_ids } = parsed.output;
  return message_ids.map((message_id) => {
    const original = messageIdOf({ message_id, chat, business_connection_id });
    return elementOf(raw, undefined, () => ({
      kind: 'message',
      direction: 'INBOUND',
      providerMessageId: `${original}:deleted`,
      counterparty: counterpartyOf(chat, business_connection_id),
      body: { type: 'system', event: 'message_deleted', text: 'A message was deleted' },
      replyTo: original,
    }));
  });
}
