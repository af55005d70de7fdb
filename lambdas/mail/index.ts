import { loadChannel } from '@parley/core/channels/registry.ts';
import { log } from '@parley/core/edge/log.ts';
import { queueHandler } from '@parley/core/edge/queue.ts';
import { receiveMail } from '@parley/core/flows/mail/receive.ts';
import { setting } from '@parley/core/store/environment.ts';
import { hideMail } from '@parley/core/store/mail-queue.ts';

const channel = await loadChannel(setting('CHANNEL'));
await channel.mail?.();

/** The mail queue: raw mail in the bucket becomes messages; bounces and complaints become news of those that were sent. */
export const handler = queueHandler<unknown>({
  work: async ({ task, record }) => {
    const { accounts, applied } = await receiveMail(channel, task);
    log.info('mail read', { messageId: record.messageId, accounts, applied });
    return { outcome: 'done' };
  },
  hide: hideMail,
});
