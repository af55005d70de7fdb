import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Bundles } from './bundles.ts';
import { LambdaFunction } from './function.ts';
import type { HttpApi } from './http-api.ts';
import { WorkQueue } from './queue.ts';
import { numberSetting } from './settings.ts';
import type { Storage } from './storage.ts';

export interface BroadcastsProps {
  http: HttpApi;
  bundles: Bundles;
  storage: Storage;
}

/**
 * One message to many: reads the list of recipients, makes the messages part by part, writes the result. A broadcast is a group of the queue, so
 * one step of it is done at a time. Reading an uploaded workbook is the longest step; a whole processor comes with 1769 MB.
 */
export class Broadcasts extends Construct {
  readonly #work: WorkQueue;

  constructor(scope: Construct, id: string, { http, bundles, storage }: BroadcastsProps) {
    super(scope, id);
    const timeout = Duration.minutes(15);
    // what waits for its messages to leave is received again and again, and renews its task before they are used up
    this.#work = new WorkQueue(this, 'Work', { fifo: true, timeout, attempts: 100, variable: 'BROADCAST_QUEUE_URL' });
    const fn = new LambdaFunction(this, 'Broadcast', { bundles, code: 'broadcast', timeout, memory: 1769 });
    storage.grantItems(fn, 'GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem');
    storage.grantMedia(fn, 'GetObject', 'PutObject', 'AbortMultipartUpload');
    http.tellShortUrl(fn);
    this.#work.work(fn, numberSetting(this, 'broadcastConcurrency') ?? 5, { atOnce: 1 });
  }

  /** Lets `fn` queue the next step of a broadcast. */
  grantStep(fn: LambdaFunction): void {
    this.#work.grantSend(fn);
  }
}
