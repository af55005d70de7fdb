import type { Media } from '../domain/body.ts';
import { parseMessageId } from '../domain/id.ts';
import type { ConversationId, MessageId, OrganizationId } from '../domain/id.ts';
import type { Message } from '../domain/message.ts';
import type { Mark, Step } from '../domain/status.ts';
import { conversationPartition, messageKey, messageRange, providerMessageKey } from './keys.ts';
import { fromMessageItem, toMarkItem, toMessageItem } from './message-item.ts';
import type { Due } from './message-item.ts';
import { getItem, getItems, putItem, putTogether, query, updateItem } from './table.ts';
import type { Item } from './table.ts';

const ABSENT = { when: 'attribute_not_exists(#pk)' };
/** Providers redeliver for at most seven days (Meta); a month leaves room for receipts of old messages. */
const PROVIDER_ID_TTL_S = 30 * 24 * 3600;

/** Stores a new message. A redelivered one meets itself, which is a normal answer. */
export async function storeMessage(message: Message, due?: Due): Promise<'stored' | 'duplicate'> {
  const written = await putItem(messageKey(message.organizationId, message.id), toMessageItem(message, due), ABSENT);
  return written.ok ? 'stored' : 'duplicate';
}

/**
 * Stores a message whose key is not the same on every delivery, or that must not double one of our own sends: the provider's id is
 * taken in the same transaction.
 */
export async function storeMessageOnce(
  message: Message & { providerMessageId: string },
  due?: Due,
): Promise<'stored' | 'duplicate'> {
  const written = await putTogether([
    {
      key: providerMessageKey(message.channelAccountId, message.providerMessageId),
      item: { message: message.id, attempt: message.attempt, ttl: ttl() },
      condition: { when: 'attribute_not_exists(#message)' },
    },
    { key: messageKey(message.organizationId, message.id), item: toMessageItem(message, due), condition: ABSENT },
  ]);
  return written.ok ? 'stored' : 'duplicate';
}

export async function findMessage(
  organization: OrganizationId,
  id: MessageId,
  options?: { consistent?: boolean },
): Promise<Message | undefined> {
  if (!parseMessageId(id)) return undefined;
  const item = await getItem(messageKey(organization, id), options);
  return item && fromMessageItem(item);
}

export async function findMessages(organization: OrganizationId, ids: MessageId[]): Promise<Message[]> {
  const keys = ids.filter((id) => parseMessageId(id)).map((id) => messageKey(organization, id));
  return (await getItems(keys)).map(fromMessageItem);
}

export interface MessagePage {
  messages: Message[];
  next: Item | undefined;
}

/** One page of a conversation by creation time. `from` and `to` bound the time (ms). */
export async function listMessages(
  organization: OrganizationId,
  conversation: ConversationId,
  options: { newestFirst: boolean; limit: number; from?: number; to?: number; start?: Item | undefined },
): Promise<MessagePage> {
  const { from, to, ...paging } = options;
  const partition = conversationPartition(organization, conversation);
  const range = messageRange({ ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) });
  const page = await query({ partition, ...range, ...paging });
  return { messages: page.items.map(fromMessageItem), next: page.next };
}

/** The newest messages of a conversation that match: how far back is bounded by one page (1 MB). */
export async function findRecent(
  organization: OrganizationId,
  conversation: ConversationId,
  match: { providerMessageId: string } | { claimedSince: number },
): Promise<Message[]> {
  const filter =
    'providerMessageId' in match
      ? { when: '#pid = :pid', values: { pid: match.providerMessageId } }
      : { when: '#claimed >= :since AND attribute_not_exists(#pid)', values: { since: match.claimedSince } };
  const partition = conversationPartition(organization, conversation);
  const page = await query({ partition, ...messageRange({}), filter, newestFirst: true });
  return page.items.map(fromMessageItem);
}

export type Claim =
  | { outcome: 'claimed'; message: Message }
  | { outcome: 'finished' }
  | { outcome: 'interrupted'; message: Message }
  | { outcome: 'missing' };

/**
 * Takes a PENDING message for one attempt, so that it is asked of the provider once. `interrupted`: an earlier claimer left neither
 * receipt nor refusal, so nobody knows whether the provider was asked.
 */
export async function claimMessage(
  organization: OrganizationId,
  id: MessageId,
  claimer: string,
  now: number,
): Promise<Claim> {
  const written = await updateItem(messageKey(organization, id), {
    set: { claimed: now, claimer },
    remove: ['due'],
    when: `attribute_exists(#pk) AND attribute_not_exists(#claimed) AND ${noneOf(['sent', 'delivered', 'read', 'failed'])}`,
  });
  if (written.ok) return { outcome: 'claimed', message: fromMessageItem(written.item) };
  if (!written.current) return { outcome: 'missing' };
  const message = fromMessageItem(written.current);
  // The answer to our own claim was lost and asked for again: it is still ours.
  if (written.current['claimer'] === claimer) return { outcome: 'claimed', message };
  return Object.keys(message.progress).length > 0 ? { outcome: 'finished' } : { outcome: 'interrupted', message };
}

/** The provider took it. A `sent` status that came first keeps its better time. */
export async function recordAccepted(
  message: Message,
  providerMessageId: string | undefined,
  mark: Mark,
): Promise<void> {
  await updateItem(messageKey(message.organizationId, message.id), {
    set: { pid: providerMessageId ?? message.providerMessageId, upd: mark.at },
    keep: { sent: toMarkItem(mark) },
    when: '#attempt = :attempt',
    values: { attempt: message.attempt },
  });
}

/** The provider refused for now: the message may be claimed again. A rate limit does not use up an attempt. */
export async function releaseClaim(message: Message, options: { nextAttempt: boolean; now: number }): Promise<void> {
  await updateItem(messageKey(message.organizationId, message.id), {
    set: { attempt: message.attempt + (options.nextAttempt ? 1 : 0), upd: options.now },
    remove: ['claimed', 'claimer'],
    when: '#attempt = :current',
    values: { current: message.attempt },
  });
}

export type Marked = 'applied' | 'known' | 'stale' | 'missing';

/**
 * Joins one mark into a message in one conditional write: any order, any number of times, the same end. `providerMessageId` is kept where the message
 * has none yet, because the answer that would have told it was lost.
 */
export async function markMessage(
  organization: OrganizationId,
  target: { id: MessageId; attempt: number },
  step: Step,
  mark: Mark,
  options: { due?: Due; unless?: Step[]; providerMessageId?: string } = {},
): Promise<Marked> {
  const item = toMarkItem(mark);
  const earlier = `attribute_not_exists(#${step}) OR #${step}.#order > :order OR (#${step}.#order = :order AND #${step}.#at > :at)`;
  const guards = options.unless ? ` AND ${noneOf(options.unless)}` : '';
  const written = await updateItem(messageKey(organization, target.id), {
    set: { [step]: item, upd: mark.at, due: options.due },
    keep: { pid: options.providerMessageId },
    when: `attribute_exists(#pk) AND #attempt = :attempt AND (${earlier})${guards}`,
    values: { attempt: target.attempt, order: item['order'], at: mark.at },
  });
  if (written.ok) return 'applied';
  if (!written.current) return 'missing';
  return written.current['attempt'] === target.attempt ? 'known' : 'stale';
}

/** Makes a message due for its next step, if it still is what the caller thinks. */
export async function makeDue(
  organization: OrganizationId,
  id: MessageId,
  change: { from: Due; to: Due; now: number },
): Promise<boolean> {
  const written = await updateItem(messageKey(organization, id), {
    set: { due: change.to, upd: change.now },
    when: '#due = :from',
    values: { from: change.from },
  });
  return written.ok;
}

/** Ends the fetching of a message's media. */
export async function recordMedia(message: Message, media: Media, now: number): Promise<void> {
  await updateItem(messageKey(message.organizationId, message.id), {
    set: { upd: now },
    also: '#body.#media = :media',
    remove: ['due'],
    when: 'attribute_exists(#pk)',
    values: { media },
  });
}

/** The mark of a status that came before its message was known by the provider's id. */
export interface ParkedStatus {
  step: Step;
  mark: Mark;
}

interface ProviderMessage {
  target?: { id: MessageId; attempt: number };
  parked: ParkedStatus[];
}

export async function findByProviderId(
  account: Message['channelAccountId'],
  providerMessageId: string,
): Promise<ProviderMessage> {
  return providerMessage(await getItem(providerMessageKey(account, providerMessageId), { consistent: true }));
}

/** Ties the provider's id to a message; gives back the statuses that were waiting for it. One item holds both, so neither can miss the other. */
export async function linkProviderId(message: Message, providerMessageId: string): Promise<ParkedStatus[]> {
  const written = await updateItem(providerMessageKey(message.channelAccountId, providerMessageId), {
    set: { message: message.id, attempt: message.attempt, ttl: ttl() },
  });
  return written.ok ? providerMessage(written.item).parked : [];
}

/** Keeps a status until its message is known; gives back the message if it became known meanwhile. */
export async function parkStatus(
  account: Message['channelAccountId'],
  providerMessageId: string,
  status: ParkedStatus,
): Promise<ProviderMessage['target']> {
  const name = `parked_${status.step}`;
  const written = await updateItem(providerMessageKey(account, providerMessageId), {
    keep: { [name]: status, ttl: ttl() },
  });
  return written.ok ? providerMessage(written.item).target : undefined;
}

function providerMessage(item: Item | undefined): ProviderMessage {
  const parked = Object.entries(item ?? {}).flatMap(([name, value]) =>
    name.startsWith('parked_') ? [value as ParkedStatus] : [],
  );
  return {
    parked,
    ...(item?.['message'] ? { target: { id: item['message'] as MessageId, attempt: Number(item['attempt']) } } : {}),
  };
}

function noneOf(steps: Step[]): string {
  return steps.map((step) => `attribute_not_exists(#${step})`).join(' AND ');
}

function ttl(): number {
  return Math.floor(Date.now() / 1000) + PROVIDER_ID_TTL_S;
}
