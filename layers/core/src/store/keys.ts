import type { ChannelName } from '../domain/channel.ts';
import type { Identity } from '../domain/contact.ts';
import { identityKey } from '../domain/contact.ts';
import { parseMessageId } from '../domain/id.ts';
import type { ChannelAccountId, ContactId, ConversationId, MessageId, OrganizationId } from '../domain/id.ts';

/** The primary key of an item. This file is the only place that knows how one is made. */
export interface Key {
  pk: string;
  sk: string;
}

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

export function organizationKey(organization: OrganizationId): Key {
  return { pk: organization, sk: 'organization' };
}

export function contactPartition(organization: OrganizationId): string {
  return `${organization}#contacts`;
}

export function contactKey(organization: OrganizationId, id: ContactId): Key {
  return { pk: contactPartition(organization), sk: id };
}

/** Leads from a further identity of a contact to the one its ids were derived from. */
export function aliasKey(organization: OrganizationId, identity: Identity): Key {
  return { pk: `${organization}#identities`, sk: identityKey(identity) };
}

export const ACCOUNT_PREFIX = 'account#';

export function accountKey(organization: OrganizationId, id: ChannelAccountId): Key {
  return { pk: organization, sk: ACCOUNT_PREFIX + id };
}

/** Leads from what a webhook says of itself (`account:…`, `address:…`, `secret:…`) to the account. */
export function routeKey(channel: ChannelName, name: string): Key {
  return { pk: `route#${channel}#${name}`, sk: 'route' };
}

export function appPartition(channel: ChannelName): string {
  return `apps#${channel}`;
}

export function appKey(channel: ChannelName, appId: string): Key {
  return { pk: appPartition(channel), sk: appId };
}

export function apiKeyKey(hash: string): Key {
  return { pk: `apikey#${hash}`, sk: 'apikey' };
}

/** Leads from a provider's message id to our message, and holds what arrived before our message was known by it. */
export function providerMessageKey(account: ChannelAccountId, providerMessageId: string): Key {
  return { pk: `provider#${account}#${providerMessageId}`, sk: 'message' };
}

export function feedPartition(organization: OrganizationId): string {
  return `${organization}#feed`;
}

/** Fixed width, so that text order is number order. */
export function feedKey(organization: OrganizationId, seq: number): Key {
  return { pk: feedPartition(organization), sk: String(seq).padStart(16, '0') };
}

export function connectionPartition(organization: OrganizationId): string {
  return `${organization}#connections`;
}

export function connectionKey(organization: OrganizationId, connectionId: string): Key {
  return { pk: connectionPartition(organization), sk: connectionId };
}

export function quarantineKey(channel: ChannelName, day: string, id: string): Key {
  return { pk: `quarantine#${channel}#${day}`, sk: id };
}

/** How the text of a UUIDv7 made at that time begins. */
function timePrefix(at: number): string {
  const hex = Math.min(Math.max(Math.trunc(at), 0), LATEST_MS)
    .toString(16)
    .padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}
