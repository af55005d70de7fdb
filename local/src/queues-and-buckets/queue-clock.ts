import type { BuildAppOptions } from 'fauxqs';

type SqsStore = NonNullable<BuildAppOptions['stores']>['sqsStore'];
type SqsQueue = ReturnType<SqsStore['createQueue']>;

const TICK_MS = 50;

/**
 * One clock for all queues: returns messages whose visibility timeout or delay is over. fauxqs runs a 20 ms timer for
 * each queue that has a waiting receive; with twenty queues at rest that is 1 % of a core.
 */
export function startQueueClock(store: SqsStore): { adopt(queue: SqsQueue): void; stop(): void } {
  const timer = setInterval(() => {
    for (const queue of store.allQueues()) if (hasDeadlines(queue)) queue.processTimers();
  }, TICK_MS);
  return {
    adopt: (queue) => void Reflect.set(queue, 'startPollTimerIfNeeded', () => undefined),
    stop: () => clearInterval(timer),
  };
}

function hasDeadlines(queue: SqsQueue): boolean {
  return queue.inflightMessages.size + queue.delayedMessages.length + queue.fifoDelayed.size > 0;
}
