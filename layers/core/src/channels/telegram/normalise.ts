import * as v from 'valibot';
import type { Body } from '../../domain/body.ts';
import type { Direction } from '../../domain/message.ts';
import type { Element, InboundEvent } from '../contract.ts';
import { compact, elementOf, fieldsOf, reasonOf, textIn, type Reading } from '../shared/read.ts';
import { momentOf } from '../shared/time.ts';
import { counterpartyOf, isPerson, messageIdOf, nameOf, topicOf } from './address.ts';
import { bodyOf } from './body.ts';
import * as wire from './wire.ts';

type Reader = (content: unknown, updateId: string) => Promise<Reading[]>;

const readers: Record<string, Reader> = {
  message: readMessage,
  business_message: readMessage,
  channel_post: readPost,
  edited_message: readEdit,
  edited_channel_post: readEdit,
  edited_business_message: readEdit,
  callback_query: async (content) => [(await import('./taps.ts')).readCallback(content)],
  message_reaction: async (content, updateId) => [(await import('./taps.ts')).readReaction(content, updateId)],
  deleted_business_messages: async (content) => (await import('./rare.ts')).readDeletion(content),
  my_chat_member: async (content, updateId) => (await import('./rare.ts')).readMembership(content, updateId),
  poll_answer: async (content, updateId) => (await import('./rare.ts')).readVote(content, updateId),
};

/** One update holds exactly one kind, though it may mean several things. */
export async function normalise(payload: unknown): Promise<Element[]> {
  const { update_id: id, ...kinds } = fieldsOf(payload);
  const kind = Object.keys(kinds).find((name) => Object.hasOwn(readers, name));
  const updateId = typeof id === 'number' ? `u${id}` : undefined;
  const read = kind === undefined ? undefined : readers[kind];
  const content = kinds[kind ?? ''];
  const readings = read && updateId ? await read(content, updateId) : [(await import('./rare.ts')).readOther(kinds)];
  const elements = readings.map((reading) => elementOf(payload, undefined, () => reading));
  return kind === 'callback_query' ? elements.map((element) => answered(element, content)) : elements;
}

/** Until it is answered, the tapped button spins. Telegram takes a method call as the answer to its webhook. */
function answered(element: Element, content: unknown): Element {
  const callback_query_id = textIn(fieldsOf(content)['id']);
  if (!element.ok || callback_query_id === undefined) return element;
  return { ...element, answer: { method: 'answerCallbackQuery', callback_query_id } };
}

async function readMessage(raw: unknown, updateId: string): Promise<Reading[]> {
  const parsed = v.safeParse(wire.message, raw);
  if (!parsed.success) return [reasonOf(parsed.issues, 'message')];
  const message = parsed.output;
  const { migrate_to_chat_id: to, migrate_from_chat_id: from, chat } = message;
  if (to !== undefined) return [moved(chat.id, to)];
  if (from !== undefined) return [moved(from, chat.id)];
  const body = await bodyOf(message);
  if (!body) return ['message with malformed content'];
  const event = eventOf(message, body, updateId);
  const own = body.type === 'contacts' && (await import('./rare-body.ts')).ownPhoneOf(message, message.from?.id);
  if (!own || !isPerson(chat)) return [event];
  return [event, { kind: 'identity', from: event.counterparty.identities[0], to: { kind: 'phone', value: own } }];
}

function eventOf(message: wire.Message, body: Body, updateId: string): Extract<InboundEvent, { kind: 'message' }> {
  return {
    kind: 'message',
    direction: directionOf(message),
    providerMessageId: messageIdOf(message, updateId),
    counterparty: counterpartyOf(message, topicNameOf(message)),
    body,
    ...compact({
      author: authorOf(message),
      providerAt: momentOf(message.date),
      sequence: message.message_id || undefined,
      replyTo: originalOf(message),
    }),
  };
}

/** Both chats say that a group moved. */
function moved(from: number, to: number): Reading {
  return {
    kind: 'identity',
    from: { kind: 'group', value: String(from) },
    to: { kind: 'group', value: String(to) },
  };
}

/** The name of a topic comes with its first message, and with others as the message that they would be replies to. */
function topicNameOf(message: wire.Message): string | undefined {
  return (message.forum_topic_created ?? message.reply_to_message?.forum_topic_created)?.name;
}

/**
 * In a business chat, whatever is not from the customer is from the business: its owner or the bot itself. A channel speaks
 * for the business, in its talks with customers and in the group that its posts are copied to.
 */
function directionOf({
  business_connection_id,
  sender_business_bot,
  sender_chat,
  is_automatic_forward,
  from,
  chat,
}: wire.Message): Direction {
  if (is_automatic_forward || (chat.is_direct_messages && sender_chat)) return 'OUTBOUND';
  if (business_connection_id === undefined) return 'INBOUND';
  return sender_business_bot !== undefined || (from && from.id !== chat.id) ? 'OUTBOUND' : 'INBOUND';
}

/** Who wrote in a group or channel: a person, or a chat in whose name somebody writes. */
function authorOf({ chat, sender_chat, from, author_signature }: wire.Message): string | undefined {
  if (isPerson(chat)) return undefined;
  return author_signature ?? sender_chat?.title ?? (from && nameOf(from));
}

/**
 * The original of a reply lies in the same thread, though Telegram does not repeat the connection in it. In a topic, what is no
 * reply stands as one to the message that opened the topic.
 */
function originalOf(message: wire.Message): string | undefined {
  const { reply_to_message: original, business_connection_id } = message;
  if (!original || original.message_id === topicOf(message)) return undefined;
  return messageIdOf({ ...original, ...compact({ business_connection_id }) });
}

/** What is posted in a channel the business itself says; a bot does not hear its own posts. */
async function readPost(raw: unknown, updateId: string): Promise<Reading[]> {
  const readings = await readMessage(raw, updateId);
  return readings.map((event) => (isMessage(event) ? { ...event, direction: 'OUTBOUND' } : event));
}

/** The message as it is now, under the id it always had. A live location moves by edits. */
async function readEdit(raw: unknown, updateId: string): Promise<Reading[]> {
  const readings = await readMessage(raw, updateId);
  const providerAt = momentOf(fieldsOf(raw)['edit_date']);
  return readings.map((event) => {
    if (!isMessage(event)) return event;
    const { providerMessageId, counterparty, body } = event;
    return { kind: 'revision', providerMessageId, counterparty, body, ...compact({ providerAt }) };
  });
}

function isMessage(event: Reading): event is Extract<Reading, { kind: 'message' }> {
  return typeof event === 'object' && event.kind === 'message';
}
