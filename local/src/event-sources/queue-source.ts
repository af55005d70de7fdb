import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { failedItems } from './batch-response.ts';
import type { EventSourceDeps, RunningSource } from './contracts.ts';
import { isWanted, queueRecord, type QueueRecord } from './queue-event.ts';
import type { EventSourceSettings, QueueSource } from './settings.ts';
import { backoffMs, createStop } from './stop.ts';

/** SQS's limits: messages of one receive or delete, and seconds that a receive waits. */
const SQS_BATCH = 10;
const LONG_POLL_SECONDS = 20;

/**
 * Drives a function by a queue. What the function processed is deleted; the rest stays invisible until the queue's
 * visibility timeout brings it back, or its redrive policy takes it away.
 */
export function startQueueSource(
  settings: EventSourceSettings,
  source: QueueSource,
  deps: EventSourceDeps,
  sqs: SQSClient,
): RunningSource {
  const QueueUrl = `${deps.queuesUrl}/000000000000/${source.queue}`;
  const limit = Math.min(source.maximumConcurrency ?? Infinity, deps.concurrency ?? 2);
  const stop = createStop();
  const running = new Set<Promise<void>>();
  let invocations = 0;
  const polling = poll();

  async function poll(): Promise<void> {
    for (let failures = 0; !stop.signal.aborted;) {
      try {
        if (running.size >= limit) await Promise.race(running);
        else start(await collect());
        failures = 0;
      } catch (error) {
        if (stop.signal.aborted) return;
        deps.log(`[${settings.functionName}] cannot receive from ${source.queue}: ${String(error)}`);
        await stop.sleep(backoffMs((failures += 1)));
      }
    }
  }

  /** Waits for messages; with a batching window, for as many as come in it. */
  async function collect(): Promise<Message[]> {
    const messages = await receive(LONG_POLL_SECONDS, settings.batchSize);
    const end = Date.now() + settings.windowSeconds * 1000;
    while (messages.length > 0 && messages.length < settings.batchSize && !stop.signal.aborted) {
      const seconds = Math.min(LONG_POLL_SECONDS, Math.ceil((end - Date.now()) / 1000));
      if (seconds <= 0) break;
      messages.push(...(await receive(seconds, settings.batchSize - messages.length)));
    }
    return messages;
  }

  async function receive(WaitTimeSeconds: number, wanted: number): Promise<Message[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl,
      WaitTimeSeconds,
      MaxNumberOfMessages: Math.min(SQS_BATCH, wanted),
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    const { Messages = [] } = await sqs.send(command, { abortSignal: stop.signal });
    return Messages;
  }

  function start(messages: readonly Message[]): void {
    if (messages.length === 0) return;
    const work: Promise<void> = process(messages)
      .catch((error: unknown) => deps.log(`[${settings.functionName}] ${source.queue}: ${String(error)}`))
      .finally(() => running.delete(work));
    running.add(work);
  }

  async function process(messages: readonly Message[]): Promise<void> {
    const records = messages.map((message) => queueRecord(message, source.queue));
    const wanted = records.filter((record) => isWanted(record, settings.filters));
    await remove(records.filter((record) => !wanted.includes(record)));
    if (wanted.length > 0) await remove(await processed(wanted));
  }

  async function processed(records: readonly QueueRecord[]): Promise<QueueRecord[]> {
    invocations += 1;
    const result = await deps.invoke(settings.functionName, { Records: records });
    if (!result.ok) return [];
    if (!settings.partialFailures) return [...records];
    const failed = failedItems(
      result.payload,
      records.map(({ messageId }) => messageId),
    );
    return records.filter(({ messageId }) => !failed.has(messageId));
  }

  async function remove(records: readonly QueueRecord[]): Promise<void> {
    for (let from = 0; from < records.length; from += SQS_BATCH) {
      const Entries = records
        .slice(from, from + SQS_BATCH)
        .map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    }
  }

  return {
    invocations: () => invocations,
    async isBusy() {
      if (running.size > 0) return true;
      const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] });
      const { Attributes } = await sqs.send(command);
      return Attributes?.['ApproximateNumberOfMessages'] !== '0';
    },
    async close() {
      stop.now();
      await polling;
      await Promise.all(running);
    },
  };
}
