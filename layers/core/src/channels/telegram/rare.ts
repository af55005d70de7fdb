import * as v from 'valibot';
import { compact, reasonOf, type Reading } from '../shared/read.ts';
import { momentOf } from '../shared/time.ts';
import { counterpartyOf, isPerson, messageIdOf } from './address.ts';
import * as wire from './rare-wire.ts';

/** In a private chat this comes only when the customer blocks or unblocks the bot; in a group, when its own standing changes. */
export function readMembership(raw: unknown, updateId: string): Reading[] {
  const parsed = v.safeParse(wire.membership, raw);
  if (!parsed.success) return [reasonOf(parsed.issues, 'my_chat_member')];
  const { chat, date, old_chat_member, new_chat_member } = parsed.output;
  const counterparty = counterpartyOf({ chat });
  const reachable = !isOut(new_chat_member);
  const change: Reading = { kind: 'reachability', counterparty, reachable, why: isPerson(chat) ? 'blocked' : 'gone' };
  const isNew = reachable && !isPerson(chat) && old_chat_member !== undefined && isOut(old_chat_member);
  if (!isNew) return [change];
  // A conversation begins with it, so that the group can be written to.
  const place = chat.type === 'channel' ? 'channel' : 'group';
  const added: Reading = {
    kind: 'message',
    direction: 'INBOUND',
    providerMessageId: `${chat.id}:member:${updateId}`,
    counterparty,
    body: { type: 'system', event: 'bot_added', text: `The bot was added to the ${place}` },
    ...compact({ providerAt: momentOf(date) }),
  };
  return [change, added];
}

/** Only business chats report deletions. No time comes with them. */
export function readDeletion(raw: unknown): Reading[] {
  const parsed = v.safeParse(wire.deletion, raw);
  if (!parsed.success) return [reasonOf(parsed.issues, 'deleted_business_messages')];
  const { business_connection_id, chat, message_ids } = parsed.output;
  return message_ids.map((message_id) => ({
    kind: 'revision',
    providerMessageId: messageIdOf({ message_id, chat, business_connection_id }),
    counterparty: counterpartyOf({ chat, business_connection_id }),
    body: null,
  }));
}

/**
 * A vote in a poll of ours that names its voters. Telegram says neither in which chat the poll is nor what its options say,
 * so it stands in the voter's own chat, with the options' places in the list. An empty list takes the vote back.
 */
export function readVote(raw: unknown, updateId: string): Reading[] {
  const parsed = v.safeParse(wire.pollAnswer, raw);
  if (!parsed.success) return [reasonOf(parsed.issues, 'poll_answer')];
  const { poll_id, user, option_ids } = parsed.output;
  if (!user) return [{ kind: 'ignored', why: 'vote in the name of a chat' }];
  const places = option_ids.map((id) => id + 1).join(', ');
  return [
    {
      kind: 'message',
      direction: 'INBOUND',
      providerMessageId: `vote:${poll_id}:${user.id}:${updateId}`,
      counterparty: counterpartyOf({ chat: { ...user, type: 'private' } }),
      body: {
        type: 'interactive',
        interactive: {
          kind: 'reply',
          id: option_ids.join(','),
          title: places === '' ? 'Took the vote back' : `Voted for option ${places}`,
          data: { poll_id, option_ids },
        },
      },
    },
  ];
}

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
  'chat_member',
  'chat_join_request',
  'chat_boost',
  'removed_chat_boost',
  'managed_bot',
  'subscription',
]);

/** An update of another kind: one of these, or one that is not known yet. */
export function readOther(kinds: Record<string, unknown>): Reading {
  const kind = Object.keys(kinds).find((name) => ignored.has(name));
  const names = Object.keys(kinds).join(', ').slice(0, 100);
  return kind === undefined ? `unknown update ${names}` : { kind: 'ignored', why: kind };
}

const OUT = new Set(['left', 'kicked']);

/** Whoever is restricted may be in the chat or not. */
function isOut({ status, is_member }: wire.Member): boolean {
  return OUT.has(status) || (status === 'restricted' && is_member === false);
}
