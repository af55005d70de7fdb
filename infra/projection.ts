import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Bundles } from './bundles.ts';
import { LambdaFunction } from './function.ts';
import type { Storage } from './storage.ts';
import { StreamReader } from './stream-reader.ts';
import type { Media } from './media.ts';
import type { WebSocketApi } from './websocket-api.ts';

export interface ProjectionProps {
  sockets: WebSocketApi;
  media: Media;
  bundles: Bundles;
  storage: Storage;
}

/** Derives what follows from messages: conversation summaries, inbox order, change feed, search, pushes to open sockets. */
export class Projection extends Construct {
  constructor(scope: Construct, id: string, { sockets, media, bundles, storage }: ProjectionProps) {
    super(scope, id);
    const fn = new LambdaFunction(this, 'Project', { bundles, code: 'project', timeout: Duration.seconds(60) });
    storage.grantItems(fn, 'GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem');
    storage.grantMedia(fn, 'GetObject');
    sockets.grantPush(fn);
    media.grantFetch(fn);
    new StreamReader(this, 'Reader', { storage, fn, filter: whatClientsSee });
  }
}

// Inserts, changes and removals alike. Its own writes (feed, search) have other sort keys and do not wake it again.
const whatClientsSee = {
  eventName: ['INSERT', 'MODIFY', 'REMOVE'],
  dynamodb: {
    Keys: {
      sk: { S: [{ prefix: 'message#' }, { prefix: 'conversation' }, { prefix: 'account#' }, { prefix: 'brd_' }] },
    },
  },
};
