import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Bundles } from './bundles.ts';
import { LambdaFunction } from './function.ts';
import { WorkQueue } from './queue.ts';
import { numberSetting } from './settings.ts';
import type { Storage } from './storage.ts';

export interface MediaProps {
  bundles: Bundles;
  storage: Storage;
}

/**
 * Brings received files into the media bucket and makes files ready to be sent, one queue for all channels. A picture of 12 megapixels takes up to
 * 450 MB, and ten files on their way a dozen each. With 1536 MB comes most of a processor.
 */
export class Media extends Construct {
  readonly #fetches: WorkQueue;
  readonly #storage: Storage;

  constructor(scope: Construct, id: string, { bundles, storage }: MediaProps) {
    super(scope, id);
    this.#storage = storage;
    const timeout = Duration.minutes(5);
    this.#fetches = new WorkQueue(this, 'Fetches', { fifo: false, timeout, attempts: 10, variable: 'MEDIA_QUEUE_URL' });
    const fn = new LambdaFunction(this, 'Media', { bundles, code: 'media', timeout, memory: 1536 });
    storage.grantItems(fn, 'GetItem', 'Query', 'PutItem', 'UpdateItem');
    // a file may be the first that is asked for with credentials that have to be renewed
    storage.grantCredentialKey(fn, 'Encrypt', 'Decrypt');
    storage.grantMedia(fn, 'GetObject', 'PutObject', 'AbortMultipartUpload');
    storage.grantMediaRemoval(fn);
    this.#fetches.work(fn, numberSetting(this, 'mediaConcurrency') ?? 10);
  }

  /** Lets a webhook leave what it can't wait for to the media function; what is large goes through the bucket. */
  grantLater(fn: LambdaFunction): void {
    this.#fetches.grantSend(fn);
    this.#storage.grantMedia(fn, 'PutObject', 'AbortMultipartUpload');
  }

  /** Lets `fn` queue a file to be fetched. */
  grantFetch(fn: LambdaFunction): void {
    this.#fetches.grantSend(fn);
  }
}
