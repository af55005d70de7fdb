import type { BuildAppOptions } from 'fauxqs';

type SqsQueue = ReturnType<NonNullable<BuildAppOptions['stores']>['sqsStore']['createQueue']>;

/** Seconds from its receive for which a message can be hidden in all (Amazon SQS API Reference, ChangeMessageVisibility). */
const MOST_S = 43_200;

/**
 * Has a queue refuse, as SQS does, to hide a message beyond 12 hours from its receive; fauxqs counts them from each call. Of a message that was received before a
 * restart nobody knows how long ago: it counts from then.
 */
export function limitHiding(queue: SqsQueue, refuse: (words: string) => Error): void {
  const received = new WeakMap<object, number>();
  const began = Date.now();
  const receive = queue.dequeue.bind(queue);
  queue.dequeue = (...how) => {
    const messages = receive(...how);
    for (const { ReceiptHandle } of messages) {
      const entry = queue.inflightMessages.get(ReceiptHandle);
      if (entry) received.set(entry, Date.now());
    }
    return messages;
  };
  const hide = queue.changeVisibility.bind(queue);
  queue.changeVisibility = (handle, seconds) => {
    const entry = queue.inflightMessages.get(handle);
    const since = entry ? (Date.now() - (received.get(entry) ?? began)) / 1000 : 0;
    if (since + seconds > MOST_S) throw refuse(beyond(seconds));
    hide(handle, seconds);
  };
}

function beyond(seconds: number): string {
  return `Value ${seconds} for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [${MOST_S} seconds].`;
}
