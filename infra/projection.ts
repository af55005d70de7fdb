import { FilterRule } from 'aws-cdk-lib/aws-lambda';
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
    new StreamReader(this, 'Reader', { storage, fn, filters: whatClientsSee });
  }
}

const exists = FilterRule.exists();
const absent = FilterRule.notExists();

/** Records of items that are there, by their sort key, by what they were before, and by what they are now. */
function records(
  sk: unknown[],
  { before, now }: { before?: object; now?: object } = {},
): { dynamodb: Record<string, unknown> } {
  const NewImage = { pk: { S: exists }, ...now };
  return { dynamodb: { Keys: { sk: { S: sk } }, ...(before && { OldImage: before }), NewImage } };
}

const MESSAGE = [{ prefix: 'message#' }];

/**
 * What clients see, and what follows from it: accounts and broadcasts; conversations that somebody else has changed; and messages, but for the claim of
 * one that was due to be sent, which nobody hears of unless it was put off. What the projection writes itself does not wake it again.
 */
const whatClientsSee = [
  records([{ prefix: 'account#' }, { prefix: 'brd_' }]),
  records(['conversation'], { before: { pk: { S: exists } }, now: { told: { BOOL: absent } } }),
  records(MESSAGE, { before: { due: { S: [...absent, { 'anything-but': ['send'] }] } } }),
  records(MESSAGE, { now: { claimed: { N: absent } } }),
  records(MESSAGE, { before: { wait: { M: { reason: { S: exists } } } } }),
];
