import { textOf } from './body.ts';
import type { Body } from './body.ts';
import { joinCounterparty } from './contact.ts';
import { kindOf } from './conversation.ts';
import type { Conversation } from './conversation.ts';
import { parseMessageId } from './id.ts';
import type { Message } from './message.ts';
import { cutText } from './rich-text/cut-text.ts';
import { graphemes } from './rich-text/graphemes.ts';

/** graphemes: what a list shows in one line, and little enough that the conversation stays within one write unit in Arabic too */
const PREVIEW_LENGTH = 80;

/** A conversation after these new messages, in the order they reached us. `conversation` undefined: they are its first. */
export function summarise(
  conversation: Conversation | undefined,
  messages: readonly [Message, ...Message[]],
): Conversation {
  const newest = messages.reduce((a, b) => (b.storedAt >= a.storedAt ? b : a));
  const known = conversation ?? begin(messages[0]);
  const current = newest.storedAt >= known.lastMessageAt;
  return {
    ...known,
    counterparty: messages.map(({ counterparty }) => counterparty).reduce(joinCounterparty, known.counterparty),
    unreadCount: known.unreadCount + messages.filter((message) => isUnread(message, known)).length,
    ...(current ? newestMessage(newest) : {}),
    ...lastInbound(known, messages),
    updatedAt: Math.max(known.updatedAt, newest.updatedAt),
  };
}

/** One line of text for a list: the words, else the name of the file. Empty where a body has neither, so that each client can say «photo» in its own language. */
export function previewOf(body: Body): string {
  const line = cutText(textOf(body) || nameOf(body), 1000, 'utf16')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const parts = Array.from(graphemes(line));
  return parts.length > PREVIEW_LENGTH ? `${parts.slice(0, PREVIEW_LENGTH - 1).join('')}…` : line;
}

/** What the conversation says of its newest message. */
function newestMessage(message: Message): Pick<Conversation, 'lastMessageAt' | 'lastMessagePreview' | 'lastMessage'> {
  return {
    lastMessageAt: message.storedAt,
    lastMessagePreview: previewOf(message.body),
    lastMessage: kindOf(message),
  };
}

/** What is recorded in a chat has a name that a machine made. */
function nameOf(body: Body): string {
  const isNamed = (body.type === 'document' || body.type === 'audio') && !body.media.voice;
  return (isNamed && body.media.filename) || '';
}

function begin(first: Message): Conversation {
  return {
    id: first.conversationId,
    organizationId: first.organizationId,
    contactId: first.contactId,
    channel: first.channel,
    channelAccountId: first.channelAccountId,
    counterparty: first.counterparty,
    status: 'OPEN',
    unreadCount: 0,
    lastMessageAt: 0,
    lastMessagePreview: '',
    readAt: 0,
    createdAt: first.storedAt,
    updatedAt: first.updatedAt,
  };
}

function lastInbound(known: Conversation, messages: readonly Message[]): Pick<Conversation, 'lastInboundAt'> {
  const times = messages.filter(isFromCustomer).map(writtenAt);
  const last = Math.max(known.lastInboundAt ?? 0, ...times);
  return last === 0 ? {} : { lastInboundAt: last };
}

/** A provider counts its window from then, also where its webhook comes days later; but no clock of theirs makes it later than it reached us. */
function writtenAt({ id, storedAt }: Message): number {
  return Math.min(storedAt, parseMessageId(id)?.at ?? storedAt);
}

/** What a provider says of somebody's number or id is nothing they wrote: it opens no window. */
const saidOfThem = new Set([
  'user_changed_number',
  'customer_changed_number',
  'user_changed_user_id',
  'customer_identity_changed',
]);

function isFromCustomer({ direction, body }: Message): boolean {
  return direction === 'INBOUND' && !(body.type === 'system' && saidOfThem.has(body.event));
}

function isUnread(message: Message, conversation: Conversation): boolean {
  const isNew = message.direction === 'INBOUND' && !message.past && message.storedAt > conversation.readAt;
  return isNew && !isMachinesAnswer(message);
}

/** That somebody is away, said to what we wrote, asks nobody to do anything. What a machine writes of its own accord may. */
function isMachinesAnswer({ body, replyToId }: Message): boolean {
  return body.type === 'email' && body.automatic === true && replyToId !== undefined;
}
