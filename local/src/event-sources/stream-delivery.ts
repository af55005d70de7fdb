import { failedItems } from './batch-response.ts';
import type { EventSourceDeps, StreamRecord } from './contracts.ts';
import type { FailureReport } from './failure-destination.ts';
import type { EventSourceSettings, StreamSource } from './settings.ts';
import { backoffMs, type Stop } from './stop.ts';

export type Delivery = {
  settings: EventSourceSettings;
  source: StreamSource;
  deps: EventSourceDeps;
  stop: Stop;
  /** These records were processed, or given up. */
  finish(records: readonly StreamRecord[]): void;
  /** Tells the failure destination of records that are given up. */
  report(failure: FailureReport): Promise<void>;
  onInvoke(): void;
};

/**
 * Delivers a batch until each record is processed or given up, or everything stops. Reported failures are delivered
 * again from the lowest on; a batch that fails as a whole is halved if the mapping says so, else tried again as it is.
 * Rules: docs.aws.amazon.com/lambda/latest/dg/with-ddb.html, "error handling"
 */
export async function deliver(batch: readonly StreamRecord[], delivery: Delivery): Promise<void> {
  const { source, stop } = delivery;
  let rest = batch;
  for (let attempt = 0; rest.length > 0 && !stop.signal.aborted; attempt += 1) {
    const processed = await tryOnce(rest, delivery);
    delivery.finish(rest.slice(0, processed));
    rest = rest.slice(processed);
    if (rest.length === 0 || stop.signal.aborted) return;
    if (source.bisect && processed === 0 && rest.length > 1) return halve(rest, delivery);
    if (processed > 0) attempt = 0;
    const condition = reasonToGiveUp(rest, attempt, source);
    if (condition) return giveUp(rest, attempt + 1, condition, delivery);
    await stop.sleep(backoffMs(attempt));
  }
}

async function halve(batch: readonly StreamRecord[], delivery: Delivery): Promise<void> {
  const middle = Math.ceil(batch.length / 2);
  await deliver(batch.slice(0, middle), delivery);
  await deliver(batch.slice(middle), delivery);
}

/** How many records, from the first on, are processed. */
async function tryOnce(batch: readonly StreamRecord[], { settings, deps, onInvoke }: Delivery): Promise<number> {
  onInvoke();
  const result = await deps.invoke(settings.functionName, { Records: batch });
  if (!result.ok) return 0;
  if (!settings.partialFailures) return batch.length;
  const sequences = batch.map(sequenceOf);
  const failed = failedItems(result.payload, sequences);
  const lowest = sequences.findIndex((sequence) => failed.has(sequence));
  return lowest === -1 ? batch.length : lowest;
}

function reasonToGiveUp(
  batch: readonly StreamRecord[],
  retries: number,
  { maxRetries, maxRecordAgeSeconds }: StreamSource,
): FailureReport['condition'] | undefined {
  if (maxRetries >= 0 && retries >= maxRetries) return 'RetryAttemptsExhausted';
  const [first] = batch;
  const age = first ? Date.now() / 1000 - first.dynamodb.ApproximateCreationDateTime : 0;
  return maxRecordAgeSeconds >= 0 && age > maxRecordAgeSeconds ? 'RecordAgeExceeded' : undefined;
}

async function giveUp(
  batch: readonly StreamRecord[],
  invocations: number,
  condition: FailureReport['condition'],
  { deps, settings, stop, report, finish }: Delivery,
): Promise<void> {
  deps.log(`[${settings.functionName}] gives up ${batch.length} records of a stream: ${condition}`);
  await report({ batch, invocations, condition });
  if (!stop.signal.aborted) finish(batch);
}

export function sequenceOf(record: StreamRecord): string {
  return record.dynamodb.SequenceNumber;
}
