import { parseMessageId } from '../domain/id.ts';
import type { BroadcastId, MessageId, OrganizationId } from '../domain/id.ts';
import type { Message } from '../domain/message.ts';
import type { Wait } from '../domain/waiting.ts';
import { conversationPartition, messageKey, messageRange } from './keys/conversations.ts';
import { waitingKey, waitingPartition } from './keys/waiting.ts';
import type { WaitingList } from './keys/waiting.ts';
import { steps } from './mark-item.ts';
import { asSeen, fromMessageItem, noneOf } from './message-item.ts';
import type { Due } from './message-item.ts';
import { makeDue } from './message-changes.ts';
import { putItem, query, queryAll, updateItem } from './table.ts';

/**
 * Lets a message wait for its account, for its broadcast to go on, or, at most until `heldUntil` (ms), for its customer to write. It joins the
 * list first, so that nobody can miss it. `nextAttempt`: the provider was asked and refused.
 */
export async function holdMessage(
  message: Message,
  options: { nextAttempt: boolean; broadcast?: BroadcastId; heldUntil?: number; now: number },
): Promise<void> {
  const { organizationId, id } = message;
  const { due, list } = placeOf(message, options);
  await putItem(waitingKey(organizationId, list, id), {});
  await updateItem(messageKey(organizationId, id), {
    set: {
      due,
      attempt: message.attempt + (options.nextAttempt ? 1 : 0),
      upd: options.now,
      held: options.heldUntil,
    },
    remove: ['claimed', 'claimer', 'wait'],
    ...asSeen(message),
  });
}

/** The messages that wait for an account, a broadcast or a customer, oldest first. */
export async function listWaiting(organization: OrganizationId, id: WaitingList): Promise<MessageId[]> {
  const filter = { when: 'attribute_not_exists(#ttl)' };
  const ids: MessageId[] = [];
  for await (const { sk } of queryAll({ partition: waitingPartition(organization, id), filter, consistent: true }))
    ids.push(sk as MessageId);
  return ids;
}

/** Takes a message off the list. It goes by its time to live, which costs nothing. */
export async function endWaiting(organization: OrganizationId, id: WaitingList, message: MessageId): Promise<void> {
  const ttl = Math.floor(Date.now() / 1000);
  await updateItem(waitingKey(organization, id, message), { set: { ttl } });
}

/**
 * Writes what a message waits for that no sender has claimed. `outside`: it leaves its queue, and the scheduler puts it back. False: it is claimed, or
 * has come to something.
 */
export async function keepWait(
  organization: OrganizationId,
  id: MessageId,
  { wait, outside, now }: { wait: Wait; outside?: boolean; now: number },
): Promise<boolean> {
  const written = await updateItem(messageKey(organization, id), {
    set: { wait, upd: now, due: outside ? ('later' satisfies Due) : undefined },
    when: `attribute_exists(#pk) AND attribute_not_exists(#claimed) AND ${noneOf([...steps])}`,
  });
  return written.ok;
}

/** How many of a conversation's messages are looked through for those that wait outside their queue, too. */
const LOOK_BACK = 100;

/** Puts a message back into its queue that waits outside, behind those of its conversation that were written before it. */
export async function putBack(organization: OrganizationId, id: MessageId, now: number): Promise<void> {
  const { conversationId, at } = parseMessageId(id) ?? {};
  if (conversationId === undefined || at === undefined) return;
  const { items } = await query({
    partition: conversationPartition(organization, conversationId),
    ...messageRange({ to: at }),
    filter: { when: '#due = :later', values: { later: 'later' satisfies Due } },
    newestFirst: true,
    limit: LOOK_BACK,
    consistent: true,
  });
  for (const item of items.toReversed())
    await makeDue(organization, fromMessageItem(item).id, { from: 'later', to: 'send', now });
}

function placeOf(
  { conversationId, channelAccountId }: Message,
  { broadcast, heldUntil }: { broadcast?: BroadcastId; heldUntil?: number },
): { due: Due; list: WaitingList } {
  if (heldUntil !== undefined) return { due: 'window', list: conversationId };
  return broadcast === undefined ? { due: 'account', list: channelAccountId } : { due: 'broadcast', list: broadcast };
}
