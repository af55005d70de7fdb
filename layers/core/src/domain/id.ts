import { hash } from 'node:crypto';
import { parse, v5, v7, validate } from 'uuid';

/** An id of one kind is no id of another. */
declare const brand: unique symbol;
type Brand<Name extends string> = string & { readonly [brand]: Name };

export type OrganizationId = Brand<'OrganizationId'>;
export type ApiKeyId = Brand<'ApiKeyId'>;
export type ChannelAccountId = Brand<'ChannelAccountId'>;
export type ContactId = Brand<'ContactId'>;
export type ConversationId = Brand<'ConversationId'>;
export type MessageTemplateId = Brand<'MessageTemplateId'>;
export type QuickReplyId = Brand<'QuickReplyId'>;
/** `msg_<uuid v7>_<uuid of its conversation>`: whoever holds the id holds the message's key and its time. */
export type MessageId = Brand<'MessageId'>;
export type BroadcastId = Brand<'BroadcastId'>;
export type SeriesId = Brand<'SeriesId'>;

/** Name space of every derived (UUIDv5, RFC 9562) id. Changing it would orphan every stored conversation. Said to be pure, so that whoever derives no id does not load what does. */
const PARLEY = /* @__PURE__ */ parse('6f1d6c0e-8a39-5d0b-9a55-0d9f2f3c7e41');

const TEMPLATE_PREFIX = 'tpl_';

export function newOrganizationId(): OrganizationId {
  return `org_${v7()}` as OrganizationId;
}

export function newApiKeyId(): ApiKeyId {
  return `key_${v7()}` as ApiKeyId;
}

export function newChannelAccountId(): ChannelAccountId {
  return `acc_${v7()}` as ChannelAccountId;
}

/** Ids made later are greater: a list of them is in the order of time. */
export function newBroadcastId(): BroadcastId {
  return `brd_${v7()}` as BroadcastId;
}

export function newSeriesId(): SeriesId {
  return `ser_${v7()}` as SeriesId;
}

/** The same whenever it is made from the same time (ms) and name in this organization. */
export function derivedSeriesId(organization: OrganizationId, at: number, name: string): SeriesId {
  return `ser_${derivedUuid(at, `${organization}\nseries\n${name}`)}` as SeriesId;
}

export function newMessageTemplateId(): MessageTemplateId {
  return `${TEMPLATE_PREFIX}${v7()}` as MessageTemplateId;
}

/** Whether it is an id of ours, and not a provider's name of a template. */
export function isMessageTemplateId(text: string): text is MessageTemplateId {
  return text.startsWith(TEMPLATE_PREFIX);
}

export function newQuickReplyId(): QuickReplyId {
  return `qr_${v7()}` as QuickReplyId;
}

/** The same for every webhook that names this customer on this account, so racing webhooks write the same keys. */
export function conversationIdOf(account: ChannelAccountId, counterparty: string): ConversationId {
  return `conv_${derive('conversation', account, counterparty)}` as ConversationId;
}

/** The same for every webhook that names this identity in this organization. */
export function contactIdOf(organization: OrganizationId, identity: string): ContactId {
  return `con_${derive('contact', organization, identity)}` as ContactId;
}

/** An id of our own for a message written now; monotonic within this process. */
export function newMessageId(conversation: ConversationId): MessageId {
  return joinMessageId(v7(), conversation);
}

/**
 * The same for every redelivery: built only from the provider's time (ms) and its message id. Where the provider counts its
 * messages, `sequence` (32 bits of it count) orders those of the same moment.
 */
export function receivedMessageId(
  conversation: ConversationId,
  providerAt: number,
  providerId: string,
  sequence?: number,
): MessageId {
  return joinMessageId(derivedUuid(providerAt, `${conversation}\n${providerId}`, sequence), conversation);
}

/** An id of our own that is the same whenever it is made from the same time (ms) and name. */
export function derivedMessageId(conversation: ConversationId, at: number, name: string): MessageId {
  return receivedMessageId(conversation, at, name);
}

/** Undefined when the text is not a message id. */
export function parseMessageId(id: string): { conversationId: ConversationId; uuid: string; at: number } | undefined {
  const [kind, uuid, conversation, ...rest] = id.split('_');
  if (kind !== 'msg' || rest.length > 0 || !validate(uuid) || !validate(conversation)) return undefined;
  return { conversationId: `conv_${conversation}` as ConversationId, uuid: uuid ?? '', at: timeOfUuid(uuid ?? '') };
}

/** The id of the message with this uuid in this conversation. */
export function joinMessageId(uuid: string, conversation: ConversationId): MessageId {
  return `msg_${uuid}_${conversation.slice('conv_'.length)}` as MessageId;
}

/** Milliseconds since the epoch in a UUIDv7's first 48 bits (RFC 9562, 5.7). */
export function timeOfUuid(uuid: string): number {
  return Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16);
}

function derivedUuid(at: number, name: string, sequence?: number): string {
  const digest = hash('sha256', name, 'buffer');
  const seq = sequence === undefined ? digest.readUInt32BE(16) : sequence >>> 0;
  return v7({ msecs: at, seq, random: digest.subarray(0, 16) });
}

function derive(...parts: string[]): string {
  return v5(Buffer.from(parts.join('\n')), PARLEY);
}
