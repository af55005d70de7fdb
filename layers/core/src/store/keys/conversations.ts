import { parseMessageId } from '../../domain/id.ts';
import type { ChannelAccountId, ConversationId, MessageId, OrganizationId } from '../../domain/id.ts';
import type { Key } from './key.ts';

export const INBOX_INDEX = 'inbox';
export const MESSAGE_PREFIX = 'message#';
/** the last time that a UUIDv7's 48 bits can say */
const LATEST_MS = 2 ** 48 - 1;

/** The sort keys of messages made from one time to another (ms, both included). */
export function messageRange({ from = 0, to = LATEST_MS }: { from?: number; to?: number }): {
  from: string;
  to: string;
} {
  // 'g' lies behind every hexadecimal digit
  return { from: MESSAGE_PREFIX + timePrefix(from), to: `${MESSAGE_PREFIX}${timePrefix(to)}-g` };
}

/** Messages of a conversation lie together, in the order of their time; the organization is in the key, so a foreign id finds nothing. */
export function messageKey(organization: OrganizationId, id: MessageId): Key {
  const parts = parseMessageId(id);
  if (!parts) throw new Error('not a message id');
  return { pk: conversationPartition(organization, parts.conversationId), sk: MESSAGE_PREFIX + parts.uuid };
}

export function conversationKey(organization: OrganizationId, id: ConversationId): Key {
  return { pk: conversationPartition(organization, id), sk: 'conversation' };
}

export function conversationPartition(organization: OrganizationId, id: ConversationId): string {
  return `${organization}#${id}`;
}

/** The opposite of conversationPartition. */
export function parseConversationPartition(pk: string): {
  organizationId: OrganizationId;
  conversationId: ConversationId;
} {
  const [organization, conversation] = pk.split('#');
  return { organizationId: organization as OrganizationId, conversationId: conversation as ConversationId };
}

/** The inbox index sorts conversations by day only: an exact time would cost two writes per message instead of two per day. */
export function inboxKey(organization: OrganizationId, lastMessageAt: number): { inbox_pk: string; inbox_day: string } {
  return { inbox_pk: organization, inbox_day: new Date(lastMessageAt).toISOString().slice(0, 10) };
}

/** Leads from a provider's message id to our message, and holds what arrived before our message was known by it. */
export function providerMessageKey(account: ChannelAccountId, providerMessageId: string): Key {
  return { pk: `provider#${account}#${providerMessageId}`, sk: 'message' };
}

export function scheduledPartition(organization: OrganizationId): string {
  return `${organization}#scheduled`;
}

/** A message that waits for a time (ms): fixed width, so that text order is the order of time. */
export function scheduledKey(organization: OrganizationId, at: number, id: MessageId | ''): Key {
  return { pk: scheduledPartition(organization), sk: `${String(at).padStart(15, '0')}#${id}` };
}

/** How the text of a UUIDv7 made at that time begins. */
function timePrefix(at: number): string {
  const hex = Math.min(Math.max(Math.trunc(at), 0), LATEST_MS)
    .toString(16)
    .padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}
