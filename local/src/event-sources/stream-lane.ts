import type { StreamRecord } from './contracts.ts';
import type { Stop } from './stop.ts';

/** Takes records in order and delivers them in batches, one batch at a time. */
export type Lane = {
  push(record: StreamRecord): void;
  /** Resolves when nothing is being delivered. */
  settled(): Promise<void>;
};

export type LaneOptions = {
  batchSize: number;
  windowSeconds: number;
  stop: Stop;
  deliver(batch: readonly StreamRecord[]): Promise<void>;
};

/** Of the records of one batch. As JSON they stay within the 6 MB of an invocation. */
const MAX_BATCH_BYTES = 2 * 1024 * 1024;

export function createLane({ batchSize, windowSeconds, stop, deliver }: LaneOptions): Lane {
  const waiting: StreamRecord[] = [];
  let working: Promise<void> | undefined;
  let full = Promise.withResolvers<void>();

  async function work(): Promise<void> {
    while (waiting.length > 0 && !stop.signal.aborted) {
      if (windowSeconds > 0 && waiting.length < batchSize) await window();
      await deliver(takeBatch());
    }
    working = undefined;
  }

  async function window(): Promise<void> {
    full = Promise.withResolvers();
    await Promise.race([stop.sleep(windowSeconds * 1000), full.promise]);
  }

  function takeBatch(): StreamRecord[] {
    let bytes = 0;
    const tooMany = waiting.findIndex((record, index) => {
      bytes += record.dynamodb.SizeBytes;
      return index >= batchSize || (index > 0 && bytes > MAX_BATCH_BYTES);
    });
    return waiting.splice(0, tooMany === -1 ? waiting.length : tooMany);
  }

  return {
    push(record) {
      waiting.push(record);
      if (waiting.length >= batchSize) full.resolve();
      working ??= Promise.resolve().then(work);
    },
    settled: async () => working,
  };
}
