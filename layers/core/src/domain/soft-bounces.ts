import type { Message } from './message.ts';
import { statusOf } from './status.ts';
import type { Mark } from './status.ts';

/** So many mails in a row have to come back, the last of them so long after the first, before an address counts as gone: our own rule, for no standard has one. */
export const SOFT_BOUNCES = 5;
export const SOFT_BOUNCES_OVER_MS = 5 * 24 * 3_600_000;

/** A report's reason that is neither that nobody is there nor what lies with us: a mailbox is full, switched off, or no server was reached in days. */
export function isSoftBounce(mark: Pick<Mark, 'detail' | 'error'> | undefined): boolean {
  const kind = mark?.error?.class;
  return mark?.detail === 'bounced' && (kind === 'recipient_unavailable' || kind === 'provider_down');
}

type Past = Pick<Message, 'id' | 'direction' | 'body' | 'progress'>;

/**
 * Whether an address is as good as gone by its conversation, the newest message first, of which `bounced` has just come back (ms). What the customer writes
 * and what is delivered begins it anew, and so does a mail before `bounced` that did not come back. A mail after it may do so yet.
 */
export function isAsGoodAsGone(conversation: Past[], bounced: { id: Message['id']; at: number }): boolean {
  const messages = conversation.filter(({ body }) => body.type !== 'system');
  const place = messages.findIndex(({ id }) => id === bounced.id);
  if (place < 0 || messages.slice(0, place).some((message) => hasArrived(message))) return false;
  const before = messages.slice(place + 1);
  const end = before.findIndex((message) => hasArrived(message) || statusOf(message.progress) === 'SENT');
  const run = (end < 0 ? before : before.slice(0, end)).map(({ progress }) => progress.failed).filter(isSoftBounce);
  const times = [bounced.at, ...run.map((mark) => mark?.at ?? bounced.at)];
  return times.length >= SOFT_BOUNCES && Math.max(...times) - Math.min(...times) >= SOFT_BOUNCES_OVER_MS;
}

function hasArrived({ direction, progress }: Past): boolean {
  return direction === 'INBOUND' || ['DELIVERED', 'READ'].includes(statusOf(progress));
}
