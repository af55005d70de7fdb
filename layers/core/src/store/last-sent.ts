import type { Counterparty } from '../domain/contact.ts';
import { parseMessageId } from '../domain/id.ts';
import type { MessageId, OrganizationId } from '../domain/id.ts';
import type { Message } from '../domain/message.ts';
import type { Item } from './attributes.ts';
import { conversationPartition, messageKey, messageRange } from './keys/conversations.ts';
import { fromMessageItem } from './message-item.ts';
import { query } from './table.ts';
import type { Page } from './table.ts';

/** What a conversation says of a message of it whose turn it is: the message itself, where it was met, and of those before it. */
interface LastSent {
  message: Message | undefined;
  /** how far (ms) what its recipient may get is used up */
  used: number | undefined;
  isGroup: boolean;
}

/** How many of a conversation's messages are looked at together for the last one that went, how often, and how old (ms) those may be after the first look. */
const LOOK_AT = 4;
const MOST_LOOKS = 5;
const LOOK_BACK_MS = 60_000;

/**
 * Looks back from a message for how far what its recipient may get is used up. The message itself, the first that is met, may be as it was a moment ago: its
 * claim tells.
 */
export async function lastSentBefore(organization: OrganizationId, id: MessageId): Promise<LastSent> {
  let [page, isGroup] = [await lookAround(organization, id), false];
  const own = page.items.find(({ sk }) => sk === messageKey(organization, id).sk);
  const message = own && fromMessageItem(own);
  for (let looks = 1; ; looks += 1) {
    isGroup ||= page.items.some(({ to }) => (to as Counterparty).identities[0].kind === 'group');
    const used = page.items.find((item) => item['used'] !== undefined)?.['used'] as number | undefined;
    if (used !== undefined || looks === MOST_LOOKS || isAllThereIs(page)) return { message, used, isGroup };
    page = await lookBack(organization, id, true, page.next);
  }
}

/**
 * The message and those just before it. For half the price they are as they were a moment ago, which says all where the message is among them and each of the others
 * has come to something. One that has not may have gone since: then they are read as they are now.
 */
async function lookAround(organization: OrganizationId, id: MessageId): Promise<Page> {
  const glimpsed = await lookBack(organization, id, false);
  const { sk } = messageKey(organization, id);
  const others = glimpsed.items.filter((item) => item['sk'] !== sk);
  const saysAll = others.length < glimpsed.items.length && others.every(isOver);
  return saysAll ? glimpsed : lookBack(organization, id, true);
}

/**
 * It uses up nothing more of what its recipient may get: it went and says how much it used up, it failed, or it never counts, as what others wrote and broadcasts.
 * A failed one that somebody has sent anew was not failed any more long before it went.
 */
function isOver({ dir, bulk, used, failed, sent, claimed }: Item): boolean {
  // what an attempt before this one used up says nothing of this one; what was not claimed was sent elsewhere
  const hasGone = sent !== undefined && (used !== undefined || claimed === undefined);
  return dir === 'I' || hasGone || (bulk ?? failed) !== undefined;
}

async function lookBack(organization: OrganizationId, id: MessageId, consistent: boolean, start?: Item): Promise<Page> {
  const parts = parseMessageId(id);
  if (!parts) return { items: [], next: undefined };
  const partition = conversationPartition(organization, parts.conversationId);
  return query({
    partition,
    ...messageRange({ to: parts.at }),
    newestFirst: true,
    limit: LOOK_AT,
    start,
    consistent,
  });
}

function isAllThereIs({ items, next }: Page): boolean {
  const oldest = items.at(-1)?.['stored'] as number | undefined;
  return !next || oldest === undefined || oldest < Date.now() - LOOK_BACK_MS;
}
