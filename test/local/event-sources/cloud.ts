import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient, type Message } from '@aws-sdk/client-sqs';
import { startDynamoDb } from '@parley/local/dynamodb/server.ts';
import { startEventSources, type EventSources } from '@parley/local/event-sources/event-sources.ts';
import type { EventSourceSettings } from '@parley/local/event-sources/settings.ts';
import type { InvocationResult } from '@parley/local/functions/functions.ts';
import { startQueuesAndBuckets, type QueueSettings } from '@parley/local/queues-and-buckets/server.ts';
import { createTable } from '../../support/own-table.ts';

const sdk = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

export const queueDefaults: QueueSettings = {
  name: 'work',
  fifo: false,
  visibilityTimeout: 1,
  delaySeconds: 0,
  messageRetentionSeconds: 3600,
  receiveWaitSeconds: 0,
  contentBasedDedup: true,
};

export type Handler = (event: { Records: Record<string, never>[] }) => unknown;

/** A database with the table `messages` (pk, sk) and its stream, queues, and event sources over a handler in this process. */
export async function startCloud(t: TestContext, queues: readonly QueueSettings[] = []) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-events-'));
  const database = await startDynamoDb({ file: join(folder, 'items.db') });
  const messaging = await startQueuesAndBuckets({ folder: join(folder, 'queues') });
  messaging.ensure({ queues, buckets: [] });
  const dynamodb = new DynamoDBClient({ endpoint: database.url, ...sdk });
  const sqs = new SQSClient({ endpoint: messaging.url, ...sdk });
  const stream = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } as const;
  await createTable(dynamodb, 'messages', { StreamSpecification: stream });
  const running: EventSources[] = [];
  t.after(async () => {
    await Promise.all(running.map((sources) => sources.close()));
    dynamodb.destroy();
    sqs.destroy();
    await Promise.all([database.close(), messaging.close()]);
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    database,
    messaging,
    listen(settings: EventSourceSettings, handler: Handler): EventSources {
      const sources = startEventSources([settings], {
        invoke: (_name, event) => invoke(handler, event),
        streams: database.streams,
        checkpoints: database.checkpoints,
        queuesUrl: messaging.url,
        hasVisible: messaging.hasVisible,
        log: () => undefined,
      });
      running.push(sources);
      return sources;
    },
    put: (pk: string, sk: string, kind = 'message') =>
      dynamodb.send(
        new PutItemCommand({ TableName: 'messages', Item: { pk: { S: pk }, sk: { S: sk }, kind: { S: kind } } }),
      ),
    send: (queue: string, MessageBody: string, rest: Partial<SendMessageCommand['input']> = {}) =>
      sqs.send(new SendMessageCommand({ QueueUrl: messaging.queueUrl(queue), MessageBody, ...rest })),
    async receive(queue: string, WaitTimeSeconds = 0): Promise<Message[]> {
      const command = { QueueUrl: messaging.queueUrl(queue), WaitTimeSeconds, MaxNumberOfMessages: 10 };
      return (await sqs.send(new ReceiveMessageCommand(command))).Messages ?? [];
    },
  };
}

export function streamOf(
  source: Partial<Extract<EventSourceSettings['source'], { kind: 'stream' }>> = {},
  rest: Partial<EventSourceSettings> = {},
): EventSourceSettings {
  return {
    id: 'mapping',
    functionName: 'f',
    source: {
      kind: 'stream',
      table: 'messages',
      partitionKey: 'pk',
      startingPosition: 'TRIM_HORIZON',
      maxRetries: -1,
      maxRecordAgeSeconds: -1,
      bisect: false,
      parallelizationFactor: 1,
      ...source,
    },
    batchSize: 100,
    windowSeconds: 0,
    filters: [],
    partialFailures: true,
    ...rest,
  };
}

export function queueOf(queue: string, rest: Partial<EventSourceSettings> = {}): EventSourceSettings {
  return { ...streamOf({}, rest), batchSize: 10, source: { kind: 'queue', queue }, ...rest };
}

/** As often is a latency measured, on a busy machine, until one was short: the least of them is the source's own. */
export const MOST_TRIES = 200;

async function invoke(handler: Handler, event: unknown): Promise<InvocationResult> {
  try {
    const result = await handler(JSON.parse(JSON.stringify(event)) as { Records: Record<string, never>[] });
    return { ok: true, payload: result ?? null };
  } catch (error) {
    return { ok: false, errorType: 'Error', errorMessage: String(error) };
  }
}
