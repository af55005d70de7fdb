import type { BroadcastId, ChannelAccountId, ConversationId, MessageId, OrganizationId } from '../domain/id.ts';
import type { Message } from '../domain/message.ts';
import { messageKey, waitingPartition } from './keys.ts';
import type { Due } from './message-item.ts';
import { queryAll, putItem, updateItem } from './table.ts';

/**
 * Lets a claimed message wait for its account, for its broadcast to go on, or, at most until `heldUntil` (ms), for its customer to write. It joins the
 * list first, so that nobody can miss it. `nextAttempt`: the provider was asked and refused.
 */
export async function holdMessage(
  message: Message,
  options: { nextAttempt: boolean; broadcast?: BroadcastId; heldUntil?: number; now: number },
): Promise<void> {
  const { organizationId, id } = message;
  const { due, list } = placeOf(message, options);
  await putItem({ pk: waitingPartition(organizationId, list), sk: id }, {});
  await updateItem(messageKey(organizationId, id), {
    set: {
      due,
      attempt: message.attempt + (options.nextAttempt ? 1 : 0),
      upd: options.now,
      held: options.heldUntil,
    },
    remove: ['claimed', 'claimer'],
    when: '#attempt = :current',
    values: { current: message.attempt },
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
  await updateItem({ pk: waitingPartition(organization, id), sk: message }, { set: { ttl } });
}

type WaitingList = ChannelAccountId | BroadcastId | ConversationId;

function placeOf(
  { conversationId, channelAccountId }: Message,
  { broadcast, heldUntil }: { broadcast?: BroadcastId; heldUntil?: number },
): { due: Due; list: WaitingList } {
  if (heldUntil !== undefined) return { due: 'window', list: conversationId };
  return broadcast === undefined ? { due: 'account', list: channelAccountId } : { due: 'broadcast', list: broadcast };
}
