import type { InvocationResult } from '../functions/functions.ts';

/** What event sources read of a DynamoDB stream record; the function gets all of it. */
export type StreamRecord = {
  eventSourceARN?: string;
  dynamodb: {
    Keys: Readonly<Record<string, unknown>>;
    SequenceNumber: string;
    /** Epoch seconds. */
    ApproximateCreationDateTime: number;
    SizeBytes: number;
  };
};

/** The streams of the database. Records of one table come in the order in which they were written. */
export type Streams = {
  /** Records after a sequence number, oldest first; from the oldest kept when it is undefined. */
  read(tableName: string, afterSequence: string | undefined, limit: number): readonly StreamRecord[];
  /** The sequence number after which only records come that are not written yet. */
  latest(): string;
  /** Calls the listener after records were added. Gives a function that ends it. */
  onRecords(tableName: string, listener: () => void): () => void;
};

/** Durable progress, kept with the data it is about. */
export type Checkpoints = {
  get(name: string): string | undefined;
  set(name: string, sequence: string): void;
};

export type EventSourceDeps = {
  invoke(functionName: string, event: unknown): Promise<InvocationResult>;
  streams: Streams;
  checkpoints: Checkpoints;
  /** Endpoint of SQS. */
  queuesUrl: string;
  /** Whether a queue has messages that nobody is working on. */
  hasVisible(queue: string): boolean;
  log(line: string): void;
  /** Invocations of one queue mapping at a time; a smaller MaximumConcurrency of the mapping holds. Default 2. */
  concurrency?: number;
};

/** One event source mapping at work. */
export type RunningSource = {
  /** Takes nothing new; resolves when no invocation of it runs. */
  close(): Promise<void>;
  /** Something is read, waiting, or being processed. */
  isBusy(): boolean;
  /** Invocations so far. */
  invocations(): number;
};
