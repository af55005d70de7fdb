import { createHash } from 'node:crypto';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Checkpoints, EventSourceDeps, RunningSource, StreamRecord, Streams } from './contracts.ts';
import { reportFailure } from './failure-destination.ts';
import { fitsPattern } from './filter.ts';
import { trackProgress } from './progress.ts';
import type { EventSourceSettings, StreamSource } from './settings.ts';
import { createStop } from './stop.ts';
import { deliver, sequenceOf, type Delivery } from './stream-delivery.ts';
import { createLane } from './stream-lane.ts';

const PAGE = 200;

/** Drives a function by a table's stream from the last checkpoint on. */
export function startStreamSource(
  settings: EventSourceSettings,
  source: StreamSource,
  deps: EventSourceDeps,
  sqs: SQSClient,
): RunningSource {
  const { streams, checkpoints } = deps;
  const stop = createStop();
  const progress = trackProgress((sequence) => checkpoints.set(settings.id, sequence));
  let invocations = 0;
  const delivery: Delivery = {
    settings,
    source,
    deps,
    stop,
    finish(records) {
      progress.finish(records.map(sequenceOf));
      schedule();
    },
    report: async (failure) => {
      if (source.onFailureQueue === undefined) return;
      const queueUrl = `${deps.queuesUrl}/000000000000/${source.onFailureQueue}`;
      await reportFailure(failure, { sqs, queueUrl, functionName: settings.functionName, stop, log: deps.log });
    },
    onInvoke: () => (invocations += 1),
  };
  const lanes = Array.from({ length: source.parallelizationFactor }, () =>
    createLane({ ...settings, stop, deliver: (batch) => deliver(batch, delivery) }),
  );
  const readAhead = 2 * settings.batchSize * lanes.length;

  let position = startingPosition(settings.id, source, streams, checkpoints);
  let scheduled: NodeJS.Immediate | undefined;
  const unlisten = streams.onRecords(source.table, schedule);
  schedule();

  function schedule(): void {
    if (!stop.signal.aborted) scheduled ??= setImmediate(readPage);
  }

  function readPage(): void {
    scheduled = undefined;
    if (progress.open() >= readAhead) return;
    const records = streams.read(source.table, position, PAGE);
    for (const record of records) {
      position = sequenceOf(record);
      const wanted = settings.filters.length === 0 || settings.filters.some((filter) => fitsPattern(filter, record));
      progress.read(position, !wanted);
      if (wanted) lanes[laneOf(record, source)]?.push(record);
    }
    progress.finish([]);
    if (records.length === PAGE) schedule();
  }

  return {
    invocations: () => invocations,
    isBusy: () => progress.open() > 0 || streams.read(source.table, position, 1).length > 0,
    async close() {
      stop.now();
      unlisten();
      clearImmediate(scheduled);
      await Promise.all(lanes.map((lane) => lane.settled()));
    },
  };
}

// LATEST holds once: the checkpoint makes a later start read what came while this machine was down.
function startingPosition(
  id: string,
  source: StreamSource,
  streams: Streams,
  checkpoints: Checkpoints,
): string | undefined {
  const checkpoint = checkpoints.get(id);
  if (checkpoint !== undefined || source.startingPosition === 'TRIM_HORIZON') return checkpoint;
  const latest = streams.latest();
  checkpoints.set(id, latest);
  return latest;
}

// Records of one partition key keep their order: they share a lane.
function laneOf(record: StreamRecord, { partitionKey, parallelizationFactor }: StreamSource): number {
  if (parallelizationFactor === 1) return 0;
  const key = JSON.stringify(record.dynamodb.Keys[partitionKey]);
  return createHash('md5').update(key).digest().readUInt32BE() % parallelizationFactor;
}
