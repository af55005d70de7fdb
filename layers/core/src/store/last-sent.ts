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
 * Looks back from a message for how far what its recipient may get is used up. Consistent, because the message before it may have gone a moment ago; so
 * the message itself, the first that is met, need not be read again.
 */
export async function lastSentBefore(organization: OrganizationId, id: MessageId): Promise<LastSent> {
  let [page, isGroup] = [await lookBack(organization, id), false];
  const own = page.items.find(({ sk }) => sk === messageKey(organization, id).sk);
  const message = own && fromMessageItem(own);
  for (let looks = 1; ; looks += 1) {
    isGroup ||= page.items.some(({ to }) => (to as Counterparty).identities[0].kind === 'group');
    const used = page.items.find((item) => item['used'] !== undefined)?.['used'] as number | undefined;
    if (used !== undefined || looks === MOST_LOOKS || isAllThereIs(page)) return { message, used, isGroup };
    page = await lookBack(organization, id, page.next);
  }
}

async function lookBack(organization: OrganizationId, id: MessageId, start?: Item): Promise<Page> {
  const parts = parseMessageId(id);
  if (!parts) return { items: [], next: undefined };
  const partition = conversationPartition(organization, parts.conversationId);
  return query({
    partition,
    ...messageRange({ to: parts.at }),
    newestFirst: true,
    limit: LOOK_AT,
    start,
    consistent: true,
  });
}

function isAllThereIs({ items, next }: Page): boolean {
  const oldest = items.at(-1)?.['stored'] as number | undefined;
  return !next || oldest === undefined || oldest < Date.now() - LOOK_BACK_MS;
}
