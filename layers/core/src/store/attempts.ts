import { compact } from '../domain/compact.ts';
import type { MessageId, OrganizationId } from '../domain/id.ts';
import type { Message, PastAttempt } from '../domain/message.ts';
import type { SendError } from '../domain/status.ts';
import type { Wait } from '../domain/waiting.ts';
import { readTogether } from './joined-reads.ts';
import { messageKey } from './keys/conversations.ts';
import { steps } from './mark-item.ts';
import { fromMessageItem, noneOf } from './message-item.ts';
import type { Due } from './message-item.ts';
import { updateItem } from './table.ts';
import type { Item } from './attributes.ts';

/** A message whose turn it is, as it is now. The messages of a batch are read by one call. */
export async function messageToSend(organization: OrganizationId, id: MessageId): Promise<Message | undefined> {
  const [item] = await readTogether([messageKey(organization, id)], { consistent: true });
  return item && fromMessageItem(item);
}

/**
 * Takes a message for one attempt, so that it is asked of the provider once. Undefined: it is not any more what it was when it was read, so that
 * all that was found out about it is to be asked again.
 */
export async function claimMessage(message: Message, claimer: string, now: number): Promise<Message | undefined> {
  const written = await updateItem(messageKey(message.organizationId, message.id), {
    set: { claimed: now, claimer },
    remove: ['due', 'wait'],
    when: `#upd = :seen AND #attempt = :attempt AND attribute_not_exists(#claimed) AND attribute_not_exists(#preparing) AND ${noneOf(['sent', 'delivered', 'read', 'failed'])}`,
    values: { seen: message.updatedAt, attempt: message.attempt },
  });
  // the answer to our own claim was lost and asked for again: it is still ours
  const isOurs = written.ok || written.current?.['claimer'] === claimer;
  return isOurs ? { ...message, claimedAt: now } : undefined;
}

/**
 * The provider refused for now: the message may be claimed again, as its next attempt where `failed` says that this one is used up. `outside`: it
 * does not wait in its queue.
 */
export async function releaseClaim(
  message: Message,
  options: { failed?: SendError; wait: Wait; outside?: boolean; now: number },
): Promise<void> {
  const { failed, wait, outside, now } = options;
  await updateItem(messageKey(message.organizationId, message.id), {
    set: {
      attempt: message.attempt + (failed ? 1 : 0),
      upd: now,
      wait,
      due: outside ? ('later' satisfies Due) : undefined,
    },
    ...(failed ? { also: APPEND } : {}),
    remove: ['claimed', 'claimer'],
    when: '#attempt = :current',
    values: { current: message.attempt, ...(failed ? pastValues(message, failed, now) : {}) },
  });
}

/**
 * Begins a new attempt of a message that failed: all that is known of the last one goes into its past, so that what is still told of it
 * changes nothing. False: it has not failed, or did arrive after all.
 */
export async function retryMessage(message: Message, now: number): Promise<boolean> {
  const error = message.progress.failed?.error;
  if (!error) return false;
  const written = await updateItem(messageKey(message.organizationId, message.id), {
    set: { attempt: message.attempt + 1, due: 'send' satisfies Due, upd: now },
    also: APPEND,
    remove: [...steps, 'claimed', 'claimer', 'pid', 'wait'],
    when: `#attempt = :current AND attribute_exists(#failed) AND ${noneOf(['delivered', 'read'])}`,
    values: { current: message.attempt, ...pastValues(message, error, now, { byHand: true }) },
  });
  return written.ok;
}

const APPEND = '#past = list_append(if_not_exists(#past, :none), :ended)';

function pastValues(message: Message, error: SendError, now: number, more: { byHand?: true } = {}): Item {
  const ended: PastAttempt = {
    attempt: message.attempt,
    endedAt: message.progress.failed?.at ?? now,
    error,
    ...compact({ startedAt: message.claimedAt }),
    ...more,
  };
  return { none: [], ended: [ended] };
}
