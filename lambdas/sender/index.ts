import { loadChannel } from '@parley/core/channels/registry.ts';
import { queueHandler } from '@parley/core/edge/queue.ts';
import { deliver } from '@parley/core/flows/deliver/deliver.ts';
import { setting } from '@parley/core/store/environment.ts';
import { hide } from '@parley/core/store/queues.ts';
import type { SendTask } from '@parley/core/store/queues.ts';

/** The function has a minute: so long for messages that wait for their turn, and the rest for the provider's answer to the last of them. */
const MOST_MS = 20_000;

const channel = await loadChannel(setting('CHANNEL'));
await channel.prepareToSend?.();

/** One channel's two send queues: for single messages, and for those of broadcasts. A claim is made in the name of one receive, so that a second receive knows it is not its own. */
export const handler = queueHandler<SendTask>({
  work: ({ task, record, receives }) => deliver(channel, task, { claimer: record.receiptHandle.slice(-64), receives }),
  mostMs: MOST_MS,
  hide: (receiptHandle, seconds, { eventSourceARN }) =>
    hide(channel.manifest.name, eventSourceARN, receiptHandle, seconds),
});
