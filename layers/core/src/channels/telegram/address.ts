import type { Counterparty, Identity } from '../../domain/contact.ts';
import { compact } from '../shared/read.ts';
import type { Chat, Message, MessageRef, User } from './wire.ts';

/** What a message tells of the thread it belongs to. */
type Place = Pick<
  Message,
  'business_connection_id' | 'message_thread_id' | 'is_topic_message' | 'direct_messages_topic'
> & { chat: Chat };

/**
 * Message ids are unique only inside a chat, so ours name the chat. The chat as a business account's bot sees it is another
 * than the bot's own with the same id: `<chat id>@<connection id>`. Id 0 stands for none: then `other` tells it apart.
 */
export function messageIdOf(message: MessageRef, other?: string): string {
  const { message_id, ephemeral_message_id, chat, business_connection_id } = message;
  const own = ephemeral_message_id === undefined ? other : `e${ephemeral_message_id}`;
  return `${chatKey(chat.id, business_connection_id)}:${message_id === 0 && own !== undefined ? own : message_id}`;
}

/**
 * Who is at the other end. A thread is whatever is answered together: a person's chat, a group, one topic of a group
 * (`<chat id>/<topic id>`), a channel, or one customer's talk with a channel (`<chat id>/d<topic id>`).
 */
export function counterpartyOf(place: Place, topicName?: string): Counterparty {
  const { chat, business_connection_id: connection, direct_messages_topic: talk } = place;
  const chatName = chat.title ?? nameOf(chat);
  if (talk) return groupOf(`${chat.id}/d${talk.topic_id}`, talk.user && nameOf(talk.user));
  const topic = topicOf(place);
  if (topic !== undefined) return groupOf(`${chat.id}/${topic}`, topicName && [chatName, topicName].join(' › '));
  const value = chatKey(chat.id, connection);
  return isPerson(chat)
    ? { identities: [{ kind: 'telegram_chat', value }], ...compact({ name: chatName }) }
    : groupOf(value, chatName);
}

/** The topic of a group a message stands in. A person's chat may have topics too; they are one thread, as it is one person. */
export function topicOf({ chat, is_topic_message, message_thread_id }: Place): number | undefined {
  return is_topic_message === true && !isPerson(chat) ? message_thread_id : undefined;
}

/** Whether a chat is with one person; one of which nothing is said is taken for that. */
export function isPerson(chat: Chat): boolean {
  return chat.type === undefined || chat.type === 'private';
}

/** The full name, else the user name. */
export function nameOf({ first_name, last_name, username }: Pick<User, 'first_name' | 'last_name' | 'username'>) {
  return [first_name, last_name].filter(Boolean).join(' ') || username;
}

/** A chat id, one topic of a group (`<chat id>/<topic id>`), or the `@username` of a public group, channel or bot. */
export function recipient(text: string): Identity | undefined {
  const value = text.trim();
  const [, id = ''] = /^(-?\d{1,16})(?:\/d?[1-9]\d*)?$/.exec(value) ?? [];
  if (Number.isSafeInteger(Number(id)) && Number(id) !== 0) {
    if (id.startsWith('-')) return { kind: 'group', value };
    return id === value ? { kind: 'telegram_chat', value } : undefined;
  }
  return /^@[A-Za-z]\w{3,31}$/.test(value) ? { kind: 'telegram_chat', value } : undefined;
}

/** A group that grows becomes a supergroup with another id, which is told apart by its first digits. */
export function mayHaveMoved({ kind, value }: Identity): boolean {
  return kind === 'group' && /^-100\d{10,}$/.test(value);
}

function chatKey(chatId: number, connection: string | undefined): string {
  return connection === undefined ? String(chatId) : `${chatId}@${connection}`;
}

function groupOf(value: string, name: string | undefined): Counterparty {
  return { identities: [{ kind: 'group', value }], ...compact({ name: name || undefined }) };
}
