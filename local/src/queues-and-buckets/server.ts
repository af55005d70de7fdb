import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { buildFauxqs, type Fauxqs } from './fauxqs.ts';
import { serveCors, type CorsRule } from './bucket-cors.ts';
import { acceptLargeBodies } from './large-bodies.ts';
import { limitHiding } from './longest-hide.ts';
import { guardObjects } from './object-access.ts';
import { startQueueClock } from './queue-clock.ts';

/** A queue as the template declares it. Times in seconds. */
export type QueueSettings = {
  name: string;
  fifo: boolean;
  visibilityTimeout: number;
  delaySeconds: number;
  messageRetentionSeconds: number;
  receiveWaitSeconds: number;
  contentBasedDedup: boolean;
  redrive?: { deadLetterName: string; maxReceiveCount: number };
};

export type BucketSettings = { name: string; cors: readonly CorsRule[] };

export type QueuesAndBuckets = {
  /** Endpoint of SQS and of S3: `http://127.0.0.1:{port}`. */
  url: string;
  queueUrl(name: string): string;
  /** Whether a queue has messages that nobody is working on. */
  hasVisible(queue: string): boolean;
  /** Creates what is missing and updates what differs; what is not named stays. */
  ensure(wanted: { queues: readonly QueueSettings[]; buckets: readonly BucketSettings[] }): void;
  close(): Promise<void>;
};

/**
 * SQS and S3 on loopback. `folder` keeps queues, messages and objects: what was acknowledged survives kill -9.
 * Port 0, the default, takes a free one.
 */
export async function startQueuesAndBuckets(options: { folder: string; port?: number }): Promise<QueuesAndBuckets> {
  mkdirSync(options.folder, { recursive: true });
  const fauxqs = await buildFauxqs();
  acceptLargeBodies(fauxqs.app);
  const corsRules = new Map<string, readonly CorsRule[]>();
  serveCors(fauxqs.app, (bucket) => corsRules.get(bucket) ?? []);
  guardObjects(fauxqs.app);
  forgetAbandonedReceives(fauxqs);
  await fauxqs.app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  const url = `http://127.0.0.1:${(fauxqs.app.server.address() as AddressInfo).port}`;
  fauxqs.persist(options.folder, url);
  return serve(fauxqs, url, corsRules);
}

function serve(fauxqs: Fauxqs, url: string, corsRules: Map<string, readonly CorsRule[]>): QueuesAndBuckets {
  const { sqsStore, s3Store } = fauxqs.stores;
  const clock = startQueueClock(sqsStore);
  const adopt = (queue: ReturnType<typeof sqsStore.createQueue>) => {
    clock.adopt(queue);
    limitHiding(queue, fauxqs.refuse);
  };
  for (const queue of sqsStore.allQueues()) adopt(queue);
  const queueUrl = (name: string) => `${url}/000000000000/${name}`;
  return {
    url,
    queueUrl,
    hasVisible: (queue) => sqsStore.getQueueByName(queue)?.getAttribute('ApproximateNumberOfMessages') !== '0',
    ensure({ queues, buckets }) {
      for (const queue of queues) {
        const existing = sqsStore.getQueueByName(queue.name);
        if (existing) existing.setAttributes(attributesOf(queue));
        else adopt(sqsStore.createQueue(queue.name, queueUrl(queue.name), arn(queue.name), attributesOf(queue)));
      }
      for (const bucket of buckets) {
        corsRules.set(bucket.name, bucket.cors);
        if (!s3Store.hasBucket(bucket.name)) s3Store.createBucket(bucket.name);
      }
    },
    async close() {
      clock.stop();
      await fauxqs.app.close();
      fauxqs.closeDatabase();
    },
  };
}

// A receive whose client has gone would take the next message with it for a whole visibility timeout.
function forgetAbandonedReceives({ app, stores }: Fauxqs): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.raw.once('close', () => {
      if (!reply.raw.writableEnded) stores.sqsStore.shutdown();
    });
    done();
  });
}

function attributesOf(queue: QueueSettings): Record<string, string> {
  const { redrive } = queue;
  return {
    VisibilityTimeout: String(queue.visibilityTimeout),
    DelaySeconds: String(queue.delaySeconds),
    MessageRetentionPeriod: String(queue.messageRetentionSeconds),
    ReceiveMessageWaitTimeSeconds: String(queue.receiveWaitSeconds),
    RedrivePolicy: redrive ? redrivePolicy(redrive) : '',
    ...(queue.fifo && { FifoQueue: 'true', ContentBasedDeduplication: String(queue.contentBasedDedup) }),
  };
}

function redrivePolicy(redrive: NonNullable<QueueSettings['redrive']>): string {
  return JSON.stringify({
    deadLetterTargetArn: arn(redrive.deadLetterName),
    maxReceiveCount: redrive.maxReceiveCount,
  });
}

function arn(queueName: string): string {
  return `arn:aws:sqs:us-east-1:000000000000:${queueName}`;
}
