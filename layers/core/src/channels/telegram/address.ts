import type { Counterparty, Identity } from '../../domain/contact.ts';
import { compact } from '../shared/read.ts';
import type { Chat, MessageRef } from './wire.ts';

/**
 * The chat as a business account's bot sees it is another thread than the bot's own with the same id, and is answered
 * through its connection: `<chat id>@<connection id>`.
 */
function chatKey(chatId: number | string, connection: string | undefined): string {
  return connection === undefined ? String(chatId) : `${chatId}@${connection}`;
}

/** Message ids are unique only inside a chat, so ours name the chat. Id 0 stands for none: then `other` tells it apart. */
export function messageIdOf(message: MessageRef, other?: string): string {
  const { message_id, ephemeral_message_id, chat, business_connection_id } = message;
  const own = ephemeral_message_id === undefined ? other : `e${ephemeral_message_id}`;
  return `${chatKey(chat.id, business_connection_id)}:${message_id === 0 && own !== undefined ? own : message_id}`;
}

/** A person's chat, or a group or channel as a whole. */
export function counterpartyOf(chat: Chat, connection?: string): Counterparty {
  const kind = chat.type === undefined || chat.type === 'private' ? 'telegram_chat' : 'group';
  const person = [chat.first_name, chat.last_name].filter(Boolean).join(' ');
  const name = chat.title ?? (person || chat.username);
  return { identities: [{ kind, value: chatKey(chat.id, connection) }], ...compact({ name }) };
}

/** A chat id, or the `@username` of a public group, channel or bot. */
export function recipient(text: string): Identity | undefined {
  const value = text.trim();
  if (/^-?\d{1,16}$/.test(value) && Number.isSafeInteger(Number(value)) && Number(value) !== 0) {
    return { kind: value.startsWith('-') ? 'group' : 'telegram_chat', value };
  }
  return /^@[A-Za-z]\w{3,31}$/.test(value) ? { kind: 'telegram_chat', value } : undefined;
}
