import { streamHandler } from '@parley/core/edge/stream.ts';
import { dispatch } from '@parley/core/flows/deliver/dispatch.ts';
import { readDue } from '@parley/core/store/due-messages.ts';
import { isMessage } from '@parley/core/store/stream-image.ts';

/** The table's stream: what has become due goes to whoever does its next step. What is no message seldom does: what reads that is loaded when it comes. */
export const handler = streamHandler(async (records) => {
  const others = records.filter((record) => !isMessage(record));
  await Promise.all([
    dispatch(records.flatMap((record) => readDue(record) ?? [])),
    ...(others.length === 0 ? [] : [import('./others.ts').then(({ dispatchOthers }) => dispatchOthers(others))]),
  ]);
});
