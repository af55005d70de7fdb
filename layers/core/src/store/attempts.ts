import type { MessageId, OrganizationId } from '../domain/id.ts';
import type { Message, PastAttempt } from '../domain/message.ts';
import type { SendError } from '../domain/status.ts';
import { messageKey } from './keys.ts';
import { fromMessageItem, noneOf, steps } from './message-item.ts';
import type { Due } from './message-item.ts';
import { updateItem } from './table.ts';
import type { Item } from './table.ts';

export type Claim =
  | { outcome: 'claimed'; message: Message }
  | { outcome: 'finished' }
  | { outcome: 'interrupted'; message: Message }
  | { outcome: 'preparing'; message: Message }
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
    when: `attribute_exists(#pk) AND attribute_not_exists(#claimed) AND attribute_not_exists(#preparing) AND ${noneOf(['sent', 'delivered', 'read', 'failed'])}`,
  });
  if (written.ok) return { outcome: 'claimed', message: fromMessageItem(written.item) };
  if (!written.current) return { outcome: 'missing' };
  const message = fromMessageItem(written.current);
  // The answer to our own claim was lost and asked for again: it is still ours.
  if (written.current['claimer'] === claimer) return { outcome: 'claimed', message };
  if (message.preparing && !message.progress.failed) return { outcome: 'preparing', message };
  return Object.keys(message.progress).length > 0 ? { outcome: 'finished' } : { outcome: 'interrupted', message };
}

/** The provider refused for now: the message may be claimed again, as its next attempt where `failed` says that this one is used up. */
export async function releaseClaim(message: Message, options: { failed?: SendError; now: number }): Promise<void> {
  const { failed, now } = options;
  await updateItem(messageKey(message.organizationId, message.id), {
    set: { attempt: message.attempt + (failed ? 1 : 0), upd: now },
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
    remove: [...steps, 'claimed', 'claimer', 'pid'],
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
    ...(message.claimedAt === undefined ? {} : { startedAt: message.claimedAt }),
    ...more,
  };
  return { none: [], ended: [ended] };
}
