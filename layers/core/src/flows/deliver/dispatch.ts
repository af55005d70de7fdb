import type { ChannelName } from '../../domain/channel.ts';
import type { Broadcast } from '../../domain/broadcast.ts';
import { isUnseen } from '../../domain/body.ts';
import type { Message } from '../../domain/message.ts';
import type { Series } from '../../domain/series.ts';
import { backAt } from '../../domain/waiting.ts';
import type { BroadcastDue } from '../../store/broadcast-item.ts';
import type { Due } from '../../store/message-item.ts';
import { queueBroadcast, queueMedia, queueSends } from '../../store/queues.ts';
import type { BroadcastTask } from '../../store/queues.ts';
import { scheduleBroadcast, scheduleSeries, scheduleWake } from '../../store/schedules.ts';

/** How long a provider may take to tell us of a send whose answer was lost, before we call it failed. */
export const VERDICT_AFTER_MS = 15 * 60_000;

/** A message that has just become due for its next step. */
export interface DueMessage {
  due: Due;
  message: Message;
}

/** A broadcast that has just become due for its next step. */
export interface DueBroadcast {
  due: BroadcastDue;
  broadcast: Broadcast;
}

/** Hands each message to whoever does its next step. Done again it does nothing new: queue and schedule know the message already. */
export async function dispatch(dueMessages: DueMessage[]): Promise<void> {
  const messages = (due: Due) => dueMessages.filter((one) => one.due === due).map(({ message }) => message);
  // in time for a message that waits for its hour, too: what was uploaded for it is not kept for long
  const preparing = dueMessages
    .filter(({ due, message }) => message.preparing && (due === 'send' || due === 'schedule'))
    .map(({ message }) => message);
  const sends = Map.groupBy(messages('send'), ({ channel }) => channel);
  await Promise.all([
    ...[...sends].map(([channel, own]: [ChannelName, Message[]]) => queueSends(channel, own)),
    queueMedia([...messages('media'), ...preparing, ...messages('send').filter(hasOwnPictures)]),
    ...messages('schedule').map((message) =>
      scheduleWake(message, 'schedule', message.scheduledAt ?? message.storedAt),
    ),
    listAsScheduled(messages('schedule')),
    ...messages('later').map((message) => scheduleWake(message, 'later', backInQueueAt(message))),
    ...messages('window').map((message) => scheduleWake(message, 'window', message.heldUntil ?? message.storedAt)),
    ...messages('verdict').map((message) => scheduleWake(message, 'verdict', message.updatedAt + VERDICT_AFTER_MS)),
  ]);
}

/** A mail's pictures are looked at beside its way out, which waits for nothing. Those of many mails are one file, and shown by none. */
function hasOwnPictures({ body, broadcastId, seriesId }: Message): boolean {
  return body.type === 'email' && (broadcastId ?? seriesId) === undefined && body.attachments.some(isUnseen);
}

/** A message that waits outside its queue is there again before its turn comes. */
function backInQueueAt({ wait, updatedAt }: Message): number {
  return backAt(wait?.until ?? updatedAt, updatedAt) ?? updatedAt;
}

/** For those who ask what waits. Few messages do: what lists them is loaded for the first. */
async function listAsScheduled(messages: Message[]): Promise<void> {
  if (messages.length === 0) return;
  const { listAsScheduled: list } = await import('../../store/scheduled.ts');
  await Promise.all(messages.map(list));
}

/** Hands each broadcast to who works on broadcasts, or to the scheduler. Done again it does nothing new. */
export async function dispatchBroadcasts(dueBroadcasts: DueBroadcast[], requests: BroadcastTask[]): Promise<void> {
  await Promise.all([...dueBroadcasts.map(dispatchBroadcast), ...requests.map(queueBroadcast)]);
}

/** Has each series woken at its next occurrence. */
export async function dispatchSeries(series: Series[]): Promise<void> {
  await Promise.all(series.map(scheduleSeries));
}

async function dispatchBroadcast({ due, broadcast }: DueBroadcast): Promise<void> {
  const { organizationId, id, step } = broadcast;
  if (due === 'schedule') await scheduleBroadcast(broadcast);
  else await queueBroadcast({ organizationId, broadcastId: id, due, step });
}
