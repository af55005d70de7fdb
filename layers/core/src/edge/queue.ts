import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { log } from './log.ts';

/** A queued message and what SQS knows of it. */
export interface QueuedTask<Task> {
  task: Task;
  record: SQSRecord;
  /** how often it has been received, this time included */
  receives: number;
}

/** `later`: to be received again after so long. */
export type TaskOutcome = { outcome: 'done' } | { outcome: 'later'; afterMs: number };

interface Options<Task> {
  work: (task: QueuedTask<Task>) => Promise<TaskOutcome>;
  /** hides a received message for so many seconds from now */
  hide: (receiptHandle: string, seconds: number) => Promise<void>;
}

/**
 * A Lambda handler for a queue. Groups of a FIFO queue run beside each other, each in order: once one of its messages is not done, those behind it
 * are given back undone, to be received after it. Only what is done is deleted.
 */
export function queueHandler<Task>({ work, hide }: Options<Task>) {
  return async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const groups = Map.groupBy(event.Records, (record) => record.attributes.MessageGroupId ?? record.messageId);
    const undone = await Promise.all([...groups.values()].map((group) => workGroup(group, work, hide)));
    return { batchItemFailures: undone.flat().map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
}

async function workGroup<Task>(
  group: SQSRecord[],
  work: Options<Task>['work'],
  hide: Options<Task>['hide'],
): Promise<SQSRecord[]> {
  for (const [index, record] of group.entries()) {
    const outcome = await attempt(record, work);
    if (outcome.outcome === 'done') continue;
    const undone = group.slice(index);
    if (outcome.afterMs !== undefined) await hideAll(undone, outcome.afterMs, hide);
    return undone;
  }
  return [];
}

type Attempted = { outcome: 'done' } | { outcome: 'later'; afterMs: number | undefined };

/** What the work throws is not its message's fault: the message comes back when its visibility times out, and in the end goes to the DLQ. */
async function attempt<Task>(record: SQSRecord, work: Options<Task>['work']): Promise<Attempted> {
  try {
    const task = JSON.parse(record.body) as Task;
    return await work({ task, record, receives: Number(record.attributes.ApproximateReceiveCount) });
  } catch (error) {
    log.error('queued task failed', { messageId: record.messageId, queue: record.eventSourceARN, error });
    return { outcome: 'later', afterMs: undefined };
  }
}

/** The first comes back when it should; those behind it at the same time, because FIFO holds them until it is gone anyway. */
async function hideAll(records: SQSRecord[], afterMs: number, hide: Options<unknown>['hide']): Promise<void> {
  await Promise.all(records.map((record) => hide(record.receiptHandle, Math.ceil(afterMs / 1000))));
}
