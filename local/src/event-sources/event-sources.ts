import { setTimeout as sleep } from 'node:timers/promises';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { EventSourceDeps, RunningSource } from './contracts.ts';
import { startQueueSource } from './queue-source.ts';
import type { EventSourceSettings } from './settings.ts';
import { startStreamSource } from './stream-source.ts';

export type EventSources = {
  /** Takes nothing new; resolves when no invocation runs. Closing the functions at the same time ends those that run. */
  close(): Promise<void>;
  /** Resolves when all streams are read to their end, no queue has a visible message, and no invocation runs. */
  drain(): Promise<void>;
};

/** Looks in a row that must find nothing: an end of one source may be the beginning of another. */
const QUIET_LOOKS = 3;
const LOOK_MS = 10;

/** Starts every event source mapping. Each long poll holds a connection, so there may be as many as there are queues. */
export function startEventSources(settings: readonly EventSourceSettings[], deps: EventSourceDeps): EventSources {
  const sqs = new SQSClient({
    endpoint: deps.queuesUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: { httpAgent: { maxSockets: Infinity } },
  });
  const sources = settings.map((each) => start(each, deps, sqs));
  return {
    async close() {
      await Promise.all(sources.map((source) => source.close()));
      sqs.destroy();
    },
    async drain() {
      for (let quiet = 0, before = -1; quiet < QUIET_LOOKS;) {
        const isBusy = sources.some((source) => source.isBusy());
        const invocations = sources.reduce((sum, source) => sum + source.invocations(), 0);
        quiet = isBusy || invocations !== before ? 0 : quiet + 1;
        before = invocations;
        await sleep(LOOK_MS);
      }
    },
  };
}

function start(settings: EventSourceSettings, deps: EventSourceDeps, sqs: SQSClient): RunningSource {
  const { source } = settings;
  if (source.kind === 'stream') return startStreamSource(settings, source, deps, sqs);
  return startQueueSource(settings, source, deps, sqs);
}
