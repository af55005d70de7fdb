import { loadChannel } from '@parley/core/channels/registry.ts';
import { queueHandler } from '@parley/core/edge/queue.ts';
import { workLater } from '@parley/core/flows/receive/work-later.ts';
import { fetchProfile } from '@parley/core/flows/receive/fetch-profile.ts';
import { workOnMedia } from '@parley/core/flows/media/task.ts';
import { picturesWith } from '@parley/core/flows/media/pictures.ts';
import { removeFiles } from '@parley/core/store/media-removal.ts';
import { hideMedia } from '@parley/core/store/queues.ts';
import type { ForgetTask, LaterTask, MessageTask, ProfileTask } from '@parley/core/store/queues.ts';

type Task = MessageTask | ProfileTask | LaterTask | ForgetTask;

const pictures = picturesWith(async () => (await import('sharp')).default);

/** The media queue: received files are brought into the bucket, files to be sent are made ready, new customers' names are asked for, what a webhook could not wait for is worked on, and the files of what was taken back go. */
export const handler = queueHandler<Task>({
  work: async ({ task, receives }) => {
    const done = await workOn(task, receives);
    return done === 'done' ? { outcome: 'done' } : { outcome: 'later', afterMs: waitAfter(receives) };
  },
  hide: hideMedia,
  afterError: waitAfter,
});

async function workOn(task: Task, tries: number) {
  if ('messageId' in task) return workOnMedia(loadChannel, task, { pictures, tries });
  if ('event' in task) return workLater(loadChannel, task, tries);
  if ('conversationId' in task) return fetchProfile(loadChannel, task, tries);
  await removeFiles(task.folder);
  return 'done';
}

/** 1 s, 4 s, 16 s …, at most ten minutes. */
function waitAfter(tries: number): number {
  return Math.min(1_000 * 4 ** (tries - 1), 600_000);
}
