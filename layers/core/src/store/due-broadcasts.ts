import type { DynamoDBRecord } from 'aws-lambda';
import type { Broadcast } from '../domain/broadcast.ts';
import type { Series } from '../domain/series.ts';
import { fromBroadcastImage } from './broadcast-item.ts';
import type { BroadcastDue } from './broadcast-item.ts';
import { BROADCAST_EXPORT, BROADCAST_PREFIX, BROADCAST_RETRY } from './keys/broadcasts.ts';
import { SERIES_PREFIX } from './keys/series.ts';
import type { BroadcastTask } from './queues.ts';
import { fromSeriesImage } from './series.ts';
import { imageOf, keyOf } from './stream-image.ts';

/** The broadcast that this record made due for its next step, if it did. A step that comes again asks for the same. */
export function readBroadcastDue(record: DynamoDBRecord): { due: BroadcastDue; broadcast: Broadcast } | undefined {
  const after = imageOf(record, 'NewImage');
  if (!after || !keyOf(record).startsWith(BROADCAST_PREFIX)) return undefined;
  const { due, broadcast } = fromBroadcastImage(after);
  const image = imageOf(record, 'OldImage');
  const before = image && fromBroadcastImage(image);
  const isSame = before?.due === due && before?.broadcast.step === broadcast.step;
  return due === undefined || isSame ? undefined : { due, broadcast };
}

/** The series that this record lets wait for an occurrence, or for another one, if it does. */
export function readSeriesDue(record: DynamoDBRecord): Series | undefined {
  const after = imageOf(record, 'NewImage');
  if (!after || !keyOf(record).startsWith(SERIES_PREFIX)) return undefined;
  const series = fromSeriesImage(after);
  const image = imageOf(record, 'OldImage');
  const isSame = image !== undefined && fromSeriesImage(image).next === series.next;
  return series.next === undefined || isSame ? undefined : series;
}

/** What this record asks for beside the run of a broadcast, if it does: its export, or that messages are sent again. */
export function readBroadcastRequest(record: DynamoDBRecord): BroadcastTask | undefined {
  const isRequest = [BROADCAST_EXPORT, BROADCAST_RETRY].includes(keyOf(record));
  const item = isRequest ? imageOf(record, 'NewImage') : undefined;
  const due = item?.['due']?.S;
  if (!item || due === undefined) return undefined;
  const [organizationId, , broadcastId] = (item['pk']?.S ?? '').split('#');
  return { organizationId, broadcastId, due, step: Number(item['asked']?.N) } as BroadcastTask;
}
