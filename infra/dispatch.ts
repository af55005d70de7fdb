import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Broadcasts } from './broadcasts.ts';
import type { Bundles } from './bundles.ts';
import type { Channel } from './channel.ts';
import { LambdaFunction } from './function.ts';
import type { Media } from './media.ts';
import type { Scheduling } from './scheduling.ts';
import type { Storage } from './storage.ts';
import { StreamReader } from './stream-reader.ts';

export interface DispatchProps {
  broadcasts: Broadcasts;
  channels: readonly Channel[];
  media: Media;
  scheduling: Scheduling;
  bundles: Bundles;
  storage: Storage;
}

/** Takes what is due out of the table's stream to the queue or the schedule of its next step. The stream is the outbox. */
export class Dispatch extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { broadcasts, channels, media, scheduling, bundles, storage }: DispatchProps,
  ) {
    super(scope, id);
    const fn = new LambdaFunction(this, 'Dispatch', { bundles, code: 'dispatch', timeout: Duration.seconds(60) });
    for (const channel of channels) channel.grantSend(fn);
    media.grantFetch(fn);
    // the list of what waits for its time
    storage.grantItems(fn, 'PutItem');
    broadcasts.grantStep(fn);
    scheduling.grantCreate(fn);
    new StreamReader(this, 'Reader', { storage, fn, filters: [whatIsDue] });
  }
}

/** An item that waits for its next step carries `due`. What waits for its account or its broadcast is let go by them. */
const whatIsDue = { dynamodb: { NewImage: { due: { S: [{ 'anything-but': ['account', 'broadcast'] }] } } } };
