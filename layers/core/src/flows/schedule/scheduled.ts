import type { Body } from '../../domain/body.ts';
import type { Message } from '../../domain/message.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import type { SendError } from '../../domain/status.ts';
import { cancelMessage, changeScheduled } from '../../store/message-changes.ts';
import { findMessage } from '../../store/messages.ts';
import type { Principal } from '../access/authenticate.ts';
import { outsideQuiet } from '../deliver/quiet.ts';
import { ownMessage } from '../send/own-message.ts';
import { readTime } from '../send/time.ts';
import { extendLinksOf } from '../send/shorten.ts';

/** Takes a message back that has not left yet: one that waits for its time, its account or its turn. */
export async function cancel(principal: Principal, body: Record<string, unknown>): Promise<Result<Message>> {
  const found = await ownMessage(principal, body);
  if (!found.ok) return found;
  if (await cancelMessage(principal.organizationId, found.value.id, { at: Date.now(), error: cancelled }))
    return current(found.value);
  return refuse(409, 'already_sent', `'message_id': it is on its way, or has been sent, or was cancelled before`, {
    details: 'message_id',
  });
}

/** Gives a message that waits for its time another one: the end of quiet hours for one that lies within them, where they hold. */
export async function reschedule(principal: Principal, body: Record<string, unknown>): Promise<Result<Message>> {
  const found = await ownMessage(principal, body);
  if (!found.ok) return found;
  const leaves = await readTime(principal, body);
  if (!leaves.ok) return leaves;
  const outside = await outsideQuiet(principal.organizationId, 'scheduled', leaves.value, 'scheduled_at');
  if (!outside.ok) return outside;
  const changed = await change(found.value, { scheduledAt: outside.value });
  if (changed.ok) await extendLinksOf(changed.value);
  return changed;
}

/** Gives a message that waits for its time other words. */
export function rewrite(message: Message, body: Body): Promise<Result<Message>> {
  return change(message, { body });
}

async function change(message: Message, to: { scheduledAt?: number; body?: Body }): Promise<Result<Message>> {
  if (await changeScheduled(message, to, Date.now())) return current(message);
  return refuse(409, 'not_scheduled', `'message_id': only a message that still waits for its time can be changed`, {
    details: 'message_id',
  });
}

async function current(message: Message): Promise<Result<Message>> {
  return ok((await findMessage(message.organizationId, message.id, { consistent: true })) ?? message);
}

const cancelled: SendError = {
  code: 'cancelled',
  class: 'cancelled',
  message: 'Taken back before it left.',
  permanent: true,
};
