import type { ChannelName } from '../domain/channel.ts';
import type { Message } from '../domain/message.ts';
import type { Due } from '../store/message-item.ts';
import { queueMedia, queueSends } from '../store/queues.ts';
import { scheduleWake } from '../store/schedules.ts';

/** How long a provider may take to tell us of a send whose answer was lost, before we call it failed. */
export const VERDICT_AFTER_MS = 15 * 60_000;

/** A message that has just become due for its next step. */
export interface DueMessage {
  due: Due;
  message: Message;
}

/** Hands each message to whoever does its next step. Done again it does nothing new: queue and schedule know the message already. */
export async function dispatch(dueMessages: DueMessage[]): Promise<void> {
  const messages = (due: Due) => dueMessages.filter((one) => one.due === due).map(({ message }) => message);
  const sends = Map.groupBy(messages('send'), ({ channel }) => channel);
  await Promise.all([
    ...[...sends].map(([channel, own]: [ChannelName, Message[]]) => queueSends(channel, own)),
    queueMedia(messages('media')),
    ...messages('schedule').map((message) =>
      scheduleWake(message, 'schedule', message.scheduledAt ?? message.storedAt),
    ),
    ...messages('verdict').map((message) => scheduleWake(message, 'verdict', message.updatedAt + VERDICT_AFTER_MS)),
  ]);
}
