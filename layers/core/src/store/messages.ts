import { compact } from '../domain/compact.ts';
import { parseMessageId } from '../domain/id.ts';
import type { ConversationId, MessageId, OrganizationId } from '../domain/id.ts';
import type { Message } from '../domain/message.ts';
import type { Mark, Step } from '../domain/status.ts';
import { ABSENT } from './expressions.ts';
import { conversationPartition, messageKey, messageRange } from './keys/conversations.ts';
import { toMarkItem } from './mark-item.ts';
import { fromMessageItem, noneOf, toMessageItem } from './message-item.ts';
import type { Due } from './message-item.ts';
import { takeProviderId } from './provider-messages.ts';
import { getItem, getItems, putItem, query, updateItem, writeTogether } from './table.ts';
import type { Item } from './attributes.ts';

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
  const written = await writeTogether([
    takeProviderId(message),
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
  const range = messageRange(compact({ from, to }));
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

/** The provider took it. A `sent` status that came first keeps its better time. `usedUntil`: how far (ms) what its recipient may get is used up now. */
export async function recordAccepted(
  message: Message,
  providerMessageId: string | undefined,
  mark: Mark,
  usedUntil?: number,
): Promise<void> {
  await updateItem(messageKey(message.organizationId, message.id), {
    set: { pid: providerMessageId ?? message.providerMessageId, upd: mark.at, used: usedUntil },
    keep: { sent: toMarkItem(mark) },
    when: '#attempt = :attempt',
    values: { attempt: message.attempt },
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
