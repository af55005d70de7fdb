import { loadChannel } from '@parley/core/channels/registry.ts';
import { log } from '@parley/core/edge/log.ts';
import { queueHandler } from '@parley/core/edge/queue.ts';
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

/** Few lists are filters: what reads queries is loaded for those. */
const filter: ContactFilter = async (query) => (await import('./filter.ts')).contactFilter(query);
