import type { ChannelName } from '../domain/channel.ts';
import type { Identity } from '../domain/contact.ts';
import { identityKey } from '../domain/contact.ts';
import { parseMessageId } from '../domain/id.ts';
import type {
  BroadcastId,
  ChannelAccountId,
  ContactId,
  ConversationId,
  MessageId,
  OrganizationId,
  SeriesId,
} from '../domain/id.ts';

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

export function unreachablePartition(organization: OrganizationId): string {
  return `${organization}#unreachable`;
}

/** Whom an account can't write to. */
export function unreachableKey(organization: OrganizationId, account: ChannelAccountId, identity: string): Key {
  return { pk: unreachablePartition(organization), sk: `${account}#${identity}` };
}

/** Who asked for no more messages on a channel. */
export function optOutKey(organization: OrganizationId, contact: ContactId, channel: ChannelName): Key {
  return { pk: unreachablePartition(organization), sk: `${contact}#${channel}` };
}

/** Where a short link leads. */
export function linkKey(code: string): Key {
  return { pk: `link#${code}`, sk: 'link' };
}

export function templatePartition(organization: OrganizationId): string {
  return `${organization}#templates`;
}

/** `name` is a template's name and language. */
export function templateKey(organization: OrganizationId, account: ChannelAccountId, name: string): Key {
  return { pk: templatePartition(organization), sk: `${account}#${name}` };
}

/** What an organization keeps to write messages with. */
export function libraryPartition(organization: OrganizationId): string {
  return `${organization}#library`;
}

export function libraryKey(organization: OrganizationId, shelf: string, id: string): Key {
  return { pk: libraryPartition(organization), sk: `${shelf}#${id}` };
}

/** Leads from a name to what has it: a name is had once per shelf. */
export function libraryNameKey(organization: OrganizationId, shelf: string, name: string): Key {
  return { pk: libraryPartition(organization), sk: `name#${shelf}#${name}` };
}

export function scheduledPartition(organization: OrganizationId): string {
  return `${organization}#scheduled`;
}

/** A message that waits for a time (ms): fixed width, so that text order is the order of time. */
export function scheduledKey(organization: OrganizationId, at: number, id: MessageId | ''): Key {
  return { pk: scheduledPartition(organization), sk: `${String(at).padStart(15, '0')}#${id}` };
}

export const BROADCAST_PREFIX = 'brd_';

export function broadcastsPartition(organization: OrganizationId): string {
  return `${organization}#broadcasts`;
}

export function broadcastKey(organization: OrganizationId, id: BroadcastId): Key {
  return { pk: broadcastsPartition(organization), sk: id };
}

/** What goes on in a broadcast: apart from it, because it is written much more often. */
export function broadcastPartition(organization: OrganizationId, id: BroadcastId): string {
  return `${organization}#broadcast#${id}`;
}

export const BROADCAST_NEWS_PREFIX = 'now#';
export const COUNTERS_PREFIX = `${BROADCAST_NEWS_PREFIX}counters#`;

export function broadcastCountersKey(organization: OrganizationId, id: BroadcastId, shard: number): Key {
  return { pk: broadcastPartition(organization, id), sk: `${COUNTERS_PREFIX}${shard}` };
}

/** When clients were last told how a broadcast does. */
export const BROADCAST_BEAT = `${BROADCAST_NEWS_PREFIX}beat`;

export function broadcastBeatKey(organization: OrganizationId, id: BroadcastId): Key {
  return { pk: broadcastPartition(organization, id), sk: BROADCAST_BEAT };
}

export const BROADCAST_EXPORT = `${BROADCAST_NEWS_PREFIX}export`;

export function broadcastExportKey(organization: OrganizationId, id: BroadcastId): Key {
  return { pk: broadcastPartition(organization, id), sk: BROADCAST_EXPORT };
}

/** Which records of the stream have been counted, by the first of their batch. Positions have up to 40 digits. */
export function countedKey(organization: OrganizationId, id: BroadcastId, position: string): Key {
  return { pk: broadcastPartition(organization, id), sk: `counted#${position.padStart(40, '0')}` };
}

export const SERIES_PREFIX = 'ser_';

export function seriesPartition(organization: OrganizationId): string {
  return `${organization}#series`;
}

export function seriesKey(organization: OrganizationId, id: SeriesId): Key {
  return { pk: seriesPartition(organization), sk: id };
}

/** A request that a caller named, so that its repetitions are known. */
export function idempotencyKey(organization: OrganizationId, key: string): Key {
  return { pk: `${organization}#idempotency`, sk: key };
}

export const ACCOUNT_PREFIX = 'account#';

export function accountKey(organization: OrganizationId, id: ChannelAccountId): Key {
  return { pk: organization, sk: ACCOUNT_PREFIX + id };
}

/** Every account of the deployment, for whoever looks after all of them. */
export const ALL_ACCOUNTS = 'accounts';

export function listedAccountKey(organization: OrganizationId, id: ChannelAccountId): Key {
  return { pk: ALL_ACCOUNTS, sk: `${organization}#${id}` };
}

/** What goes through an account: apart from the account, because it is written much more often. */
export const ACTIVITY_PREFIX = 'activity#';

export function activityKey(organization: OrganizationId, id: ChannelAccountId): Key {
  return { pk: organization, sk: ACTIVITY_PREFIX + id };
}

export function healthPartition(organization: OrganizationId, id: ChannelAccountId): string {
  return `${organization}#health#${id}`;
}

/** Accepted messages that wait until their account can send again, their broadcast goes on, or their customer writes. */
export function waitingPartition(
  organization: OrganizationId,
  id: ChannelAccountId | BroadcastId | ConversationId,
): string {
  return `${organization}#waiting#${id}`;
}

/** A consent that was asked for and has been used. */
export function usedConsentKey(nonce: string): Key {
  return { pk: `consent#${nonce}`, sk: 'used' };
}

/** Which moments of an account have been taken by messages it is to send. */
export function paceKey(account: ChannelAccountId): Key {
  return { pk: `pace#${account}`, sk: 'pace' };
}

/** The moment that one message waits for. */
export function paceSlotKey(account: ChannelAccountId, message: MessageId): Key {
  return { pk: `pace#${account}`, sk: `slot#${message}` };
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
