import { loadChannel } from '@parley/core/channels/registry.ts';
import { queueHandler } from '@parley/core/edge/queue.ts';
import { fetchMedia } from '@parley/core/flows/fetch-media.ts';
import { hideMedia } from '@parley/core/store/queues.ts';
import type { MessageTask } from '@parley/core/store/queues.ts';

/** How often a file is tried; the queue's redrive allows more, for failures that are ours. */
const MOST_TRIES = 4;

/** The media queue: received files are brought into the bucket. */
export const handler = queueHandler<MessageTask>({
  work: async ({ task, receives }) => {
    const fetched = await fetchMedia(loadChannel, task, receives >= MOST_TRIES);
    return fetched === 'done' ? { outcome: 'done' } : { outcome: 'later', afterMs: 5_000 * 4 ** (receives - 1) };
  },
  hide: hideMedia,
});
