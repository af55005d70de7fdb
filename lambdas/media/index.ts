import { loadChannel } from '@parley/core/channels/registry.ts';
import { queueHandler } from '@parley/core/edge/queue.ts';
import { fetchProfile } from '@parley/core/flows/receive/fetch-profile.ts';
import { workOnMedia } from '@parley/core/flows/media/task.ts';
import { picturesWith } from '@parley/core/flows/media/pictures.ts';
import { hideMedia } from '@parley/core/store/queues.ts';
import type { MessageTask, ProfileTask } from '@parley/core/store/queues.ts';

const pictures = picturesWith(async () => (await import('sharp')).default);

/** The media queue: received files are brought into the bucket, files to be sent are made ready, and new customers' names are asked for. */
export const handler = queueHandler<MessageTask | ProfileTask>({
  work: async ({ task, receives }) => {
    const done =
      'messageId' in task
        ? await workOnMedia(loadChannel, task, { pictures, tries: receives })
        : await fetchProfile(loadChannel, task);
    return done === 'done' ? { outcome: 'done' } : { outcome: 'later', afterMs: waitAfter(receives) };
  },
  hide: hideMedia,
  afterError: waitAfter,
});

/** 1 s, 4 s, 16 s …, at most ten minutes. */
function waitAfter(tries: number): number {
  return Math.min(1_000 * 4 ** (tries - 1), 600_000);
}
