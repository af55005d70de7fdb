import { streamHandler } from '@parley/core/edge/stream.ts';
import { dispatch } from '@parley/core/flows/dispatch.ts';
import { readDue } from '@parley/core/store/stream-records.ts';

/** The table's stream: messages that have become due go to whoever does their next step. */
export const handler = streamHandler((records) => dispatch(records.flatMap((record) => readDue(record) ?? [])));
