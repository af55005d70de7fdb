import { loadChannel } from '@parley/core/channels/registry.ts';
import { queueHandler } from '@parley/core/edge/queue.ts';
import { deliver } from '@parley/core/flows/deliver.ts';
import { setting } from '@parley/core/store/environment.ts';
import { hide } from '@parley/core/store/queues.ts';
import type { MessageTask } from '@parley/core/store/queues.ts';

const channel = await loadChannel(setting('CHANNEL'));
await channel.prepareToSend?.();

/** One channel's send queue. A claim is made in the name of one receive, so that a second receive knows it is not its own. */
export const handler = queueHandler<MessageTask>({
  work: ({ task, record }) => deliver(channel, task, record.receiptHandle.slice(-64)),
  hide: (receiptHandle, seconds) => hide(channel.manifest.name, receiptHandle, seconds),
});
