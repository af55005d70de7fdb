/** An event source mapping as the template declares it. Limits of -1 are none. */
export type EventSourceSettings = {
  /** Stable name of the mapping; its checkpoint is kept under it. */
  id: string;
  functionName: string;
  source: StreamSource | QueueSource;
  batchSize: number;
  windowSeconds: number;
  /** Event patterns, parsed; a record that fits any of them is delivered. None: every record is. */
  filters: readonly unknown[];
  /** The function reports which items of a batch failed (ReportBatchItemFailures). */
  partialFailures: boolean;
};

export type StreamSource = {
  kind: 'stream';
  table: string;
  /** Name of the table's hash key: records of one item collection keep their order. */
  partitionKey: string;
  startingPosition: 'TRIM_HORIZON' | 'LATEST';
  maxRetries: number;
  maxRecordAgeSeconds: number;
  bisect: boolean;
  parallelizationFactor: number;
  /** Name of the queue that is told of the batches given up. */
  onFailureQueue?: string;
};

export type QueueSource = {
  kind: 'queue';
  queue: string;
  /** Invocations at a time. */
  maximumConcurrency?: number;
};
