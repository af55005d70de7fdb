import type { DynamoDBRecord } from 'aws-lambda';
import { dispatchBroadcasts, dispatchSeries } from '@parley/core/flows/deliver/dispatch.ts';
import { readBroadcastDue, readBroadcastRequest, readSeriesDue } from '@parley/core/store/due-broadcasts.ts';

/** Series and broadcasts that have become due, and what is asked of broadcasts beside that. */
export async function dispatchOthers(records: DynamoDBRecord[]): Promise<void> {
  await Promise.all([
    dispatchSeries(records.flatMap((record) => readSeriesDue(record) ?? [])),
    dispatchBroadcasts(
      records.flatMap((record) => readBroadcastDue(record) ?? []),
      records.flatMap((record) => readBroadcastRequest(record) ?? []),
    ),
  ]);
}
