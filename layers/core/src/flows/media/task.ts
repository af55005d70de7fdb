import type { LoadChannel } from '../../channels/registry.ts';
import { findMessage } from '../../store/messages.ts';
import type { MessageTask } from '../../store/queues.ts';
import { fetchMedia } from './fetch.ts';
import type { Fetched } from './fetch.ts';
import type { Pictures } from './pictures.ts';
import { prepareMedia } from './prepare.ts';

/** How often a file is tried; the queue's redrive allows more, for failures that are ours. A conversation waits for what is to be sent. */
const MOST_FETCHES = 8;
const MOST_PREPARATIONS = 4;

/** Does what a message's files wait for: those of a received one are brought in, those of one to be sent are made ready. `tries` counts this one. */
export async function workOnMedia(
  load: LoadChannel,
  { organizationId, messageId }: MessageTask,
  { pictures, tries }: { pictures: Pictures; tries: number },
): Promise<Fetched> {
  const message = await findMessage(organizationId, messageId, { consistent: true });
  if (!message) return 'done';
  const channel = await load(message.channel);
  return message.preparing
    ? prepareMedia(channel, message, { pictures, last: tries >= MOST_PREPARATIONS })
    : fetchMedia(channel, message, { pictures, last: tries >= MOST_FETCHES });
}
