import { streamHandler } from '@parley/core/edge/stream.ts';
import { dispatch, dispatchBroadcasts, dispatchSeries } from '@parley/core/flows/deliver/dispatch.ts';
import { readBroadcastDue, readDue, readExportDue, readSeriesDue } from '@parley/core/store/stream-records.ts';

/** The table's stream: messages, series and broadcasts that have become due go to whoever does their next step. */
export const handler = streamHandler(async (records) => {
  await Promise.all([
    dispatch(records.flatMap((record) => readDue(record) ?? [])),
    dispatchSeries(records.flatMap((record) => readSeriesDue(record) ?? [])),
    dispatchBroadcasts(
      records.flatMap((record) => readBroadcastDue(record) ?? []),
      records.flatMap((record) => readExportDue(record) ?? []),
    ),
  ]);
});
