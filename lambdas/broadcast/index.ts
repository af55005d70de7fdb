import { loadChannel } from '@parley/core/channels/registry.ts';
import { contactRow } from '@parley/core/domain/rows.ts';
import { evaluate } from '@parley/core/edge/postgrest/evaluate.ts';
import { parseQuery } from '@parley/core/edge/postgrest/parse-query.ts';
import { log } from '@parley/core/edge/log.ts';
import { queueHandler } from '@parley/core/edge/queue.ts';
import { tables } from '@parley/core/edge/tables.ts';
import type { ContactFilter } from '@parley/core/flows/broadcast/reading.ts';
import { workOnBroadcast } from '@parley/core/flows/broadcast/work.ts';
import { hideBroadcast } from '@parley/core/store/queues.ts';
import type { BroadcastTask } from '@parley/core/store/queues.ts';

/** The queue of broadcasts. While a step is done, its task stays hidden for as long as a step may take, and no longer: one that is broken off comes back soon. */
export const handler = queueHandler<BroadcastTask>({
  work: async ({ task, record, receives }) => {
    log.info('broadcast', { broadcast: task.broadcastId, due: task.due, step: task.step, receives });
    const keep = (ms: number) => hideBroadcast(record.receiptHandle, ms / 1000);
    return workOnBroadcast(task, { load: loadChannel, filter, keep, receives });
  },
  hide: hideBroadcast,
  afterError: (receives) => Math.min(1_000 * 2 ** receives, 300_000),
});

/** A filter was read when its broadcast was made, so it can be. */
const filter: ContactFilter = (text) => {
  const parsed = parseQuery(text, tables.contacts);
  if (!parsed.ok) throw new Error('the filter of a broadcast can not be read');
  return (contact) => evaluate(parsed.query.filters, contactRow(contact));
};
