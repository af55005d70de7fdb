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
  hide: (receiptHandle: string, seconds: number, record: SQSRecord) => Promise<void>;
  /** when a task comes back whose work threw, by how often it has been received; by default when its visibility times out */
  afterError?: (receives: number) => number;
  /** what has not been begun by then is given back, so that the function does not end in the midst of it */
  mostMs?: number;
}

/**
 * A Lambda handler for a queue. Groups of a FIFO queue run beside each other, each in order: once one of its messages is not done, those behind it
 * are given back undone, to be received after it. Only what is done is deleted.
 */
export function queueHandler<Task>(options: Options<Task>) {
  return async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const groups = Map.groupBy(event.Records, (record) => record.attributes.MessageGroupId ?? record.messageId);
    const until = Date.now() + (options.mostMs ?? Infinity);
    const undone = await Promise.all([...groups.values()].map((group) => workGroup(group, options, until)));
    return { batchItemFailures: undone.flat().map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
}

async function workGroup<Task>(group: SQSRecord[], options: Options<Task>, until: number): Promise<SQSRecord[]> {
  for (const [index, record] of group.entries()) {
    const outcome: Attempted = Date.now() < until ? await attempt(record, options) : AT_ONCE;
    if (outcome.outcome === 'done') continue;
    const undone = group.slice(index);
    if (outcome.afterMs !== undefined) await hideAll(undone, outcome.afterMs, options.hide);
    return undone;
  }
  return [];
}

const AT_ONCE: Attempted = { outcome: 'later', afterMs: 0 };

type Attempted = { outcome: 'done' } | { outcome: 'later'; afterMs: number | undefined };

/** What the work throws is not its message's fault: the message comes back, and in the end goes to the DLQ. */
async function attempt<Task>(record: SQSRecord, { work, afterError }: Options<Task>): Promise<Attempted> {
  const receives = Number(record.attributes.ApproximateReceiveCount);
  try {
    return await work({ task: JSON.parse(record.body) as Task, record, receives });
  } catch (error) {
    log.error('queued task failed', { messageId: record.messageId, queue: record.eventSourceARN, error });
    return { outcome: 'later', afterMs: afterError?.(receives) };
  }
}

/** The first comes back when it should; those behind it at the same time, because FIFO holds them until it is gone anyway. */
async function hideAll(records: SQSRecord[], afterMs: number, hide: Options<unknown>['hide']): Promise<void> {
  await Promise.all(records.map((record) => hide(record.receiptHandle, Math.ceil(afterMs / 1000), record)));
}
