import { parseMessageId } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import type { Broadcast } from '../../domain/broadcast.ts';
import type { SendError } from '../../domain/status.ts';
import { broadcastStatus, findBroadcast } from '../../store/broadcasts.ts';
import { makeDue } from '../../store/message-changes.ts';
import type { SendTask } from '../../store/queues.ts';
import { endWaiting, holdMessage, listWaiting } from '../../store/waiting.ts';
import { inParallel } from '../parallel.ts';

/** Whether a message may leave as far as its broadcast goes, if it is of one. */
export type Standing = 'go' | 'paused' | 'cancelled';

export async function standingOf({ organizationId, broadcastId }: Omit<SendTask, 'messageId'>): Promise<Standing> {
  if (broadcastId === undefined) return 'go';
  const status = await broadcastStatus(organizationId, broadcastId);
  if (status === 'PAUSED') return 'paused';
  return status === 'CANCELLED' ? 'cancelled' : 'go';
}

/**
 * Lets a message wait, still PENDING, until its broadcast goes on. Whoever lets the broadcast go on writes that first and then reads the list;
 * here the message first joins the list and then the broadcast is read: one of the two finds the other.
 */
export async function holdForBroadcast(message: Message): Promise<void> {
  const { organizationId, broadcastId } = message;
  if (broadcastId === undefined) return;
  await holdMessage(message, { nextAttempt: false, broadcast: broadcastId, now: Date.now() });
  const broadcast = await findBroadcast(organizationId, broadcastId);
  if (broadcast?.status === 'PAUSED') return;
  broadcastStatus.forget(organizationId, broadcastId);
  await letGo(message);
}

/** Everything that waits for a broadcast goes on: it is sent, or, after a cancel, ends. Done again it does nothing new. */
export async function release({ organizationId, id }: Broadcast): Promise<void> {
  const waiting = await listWaiting(organizationId, id);
  await inParallel(waiting, async (message) => {
    if (parseMessageId(message)) await letGo({ organizationId, id: message });
    await endWaiting(organizationId, id, message);
  });
}

async function letGo({ organizationId, id }: Pick<Message, 'organizationId' | 'id'>): Promise<void> {
  await makeDue(organizationId, id, { from: 'broadcast', to: 'send', now: Date.now() });
}

export const broadcastCancelled: SendError = {
  code: 'cancelled',
  class: 'cancelled',
  message: 'Its broadcast was cancelled before it left.',
  permanent: true,
};

/** Of someone who got no message because the broadcast was cancelled first. */
export const notBegun: Pick<SendError, 'code' | 'message'> = {
  code: 'cancelled',
  message: 'Its broadcast was cancelled before a message was made.',
};
