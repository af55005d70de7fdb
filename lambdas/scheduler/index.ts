import { log } from '@parley/core/edge/log.ts';
import { wake } from '@parley/core/flows/wake.ts';
import type { Wake } from '@parley/core/store/schedules.ts';

/** Called by EventBridge Scheduler at a message's time. What it throws, Scheduler tries again. */
export async function handler(event: Wake): Promise<void> {
  log.info('woken', { message: event.messageId, due: event.due });
  await wake(event);
}
