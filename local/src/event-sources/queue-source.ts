import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import { failedItems } from './batch-response.ts';
import type { EventSourceDeps, RunningSource } from './contracts.ts';
import { openQueue } from './queue-client.ts';
import { isWanted, queueRecord, type QueueRecord } from './queue-event.ts';
import type { EventSourceSettings, QueueSource } from './settings.ts';
import { backoffMs, createStop } from './stop.ts';

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
  const limit = Math.min(source.maximumConcurrency ?? Infinity, deps.concurrency ?? 2);
  const stop = createStop();
  const queue = openQueue(sqs, `${deps.queuesUrl}/000000000000/${source.queue}`, stop);
  const running = new Set<Promise<void>>();
  let invocations = 0;
  const polling = poll();

  async function poll(): Promise<void> {
    for (let failures = 0; !stop.signal.aborted;) {
      try {
        if (running.size >= limit) await Promise.race(running);
        else start(await queue.collect(settings.batchSize, settings.windowSeconds));
        failures = 0;
      } catch (error) {
        if (stop.signal.aborted) return;
        complain(error);
        await stop.sleep(backoffMs((failures += 1)));
      }
    }
  }

  function start(messages: readonly Message[]): void {
    if (messages.length === 0) return;
    const work: Promise<void> = process(messages)
      .catch(complain)
      .finally(() => running.delete(work));
    running.add(work);
  }

  async function process(messages: readonly Message[]): Promise<void> {
    const records = messages.map((message) => queueRecord(message, source.queue));
    const wanted = records.filter((record) => isWanted(record, settings.filters));
    await queue.remove(handlesOf(records.filter((record) => !wanted.includes(record))));
    if (wanted.length === 0) return;
    invocations += 1;
    await queue.remove(handlesOf(await processed(wanted, settings, deps)));
  }

  function complain(error: unknown): void {
    deps.log(`[${settings.functionName}] queue ${source.queue}: ${String(error)}`);
  }

  return {
    invocations: () => invocations,
    isBusy: () => running.size > 0 || deps.hasVisible(source.queue),
    async close() {
      stop.now();
      await polling;
      await Promise.all(running);
    },
  };
}

/** The records that the function has processed. */
async function processed(
  records: readonly QueueRecord[],
  settings: EventSourceSettings,
  deps: EventSourceDeps,
): Promise<readonly QueueRecord[]> {
  const result = await deps.invoke(settings.functionName, { Records: records });
  if (!result.ok) return [];
  if (!settings.partialFailures) return records;
  const ids = records.map(({ messageId }) => messageId);
  const failed = failedItems(result.payload, ids);
  return records.filter(({ messageId }) => !failed.has(messageId));
}

function handlesOf(records: readonly QueueRecord[]): string[] {
  return records.map(({ receiptHandle }) => receiptHandle);
}
