import { loadChannel } from '@parley/core/channels/registry.ts';
import { log } from '@parley/core/edge/log.ts';
import { fireSeries } from '@parley/core/flows/series/fire.ts';
import { wake, wakeBroadcast } from '@parley/core/flows/schedule/wake.ts';
import type { BroadcastWake, SeriesWake, Wake } from '@parley/core/store/schedules.ts';

/** Called by EventBridge Scheduler at the time of a message, a series or a broadcast. What it throws, Scheduler tries again. */
export async function handler(event: Wake | BroadcastWake | SeriesWake): Promise<void> {
  log.info('woken', { ...event });
  if (event.due === 'broadcast') await wakeBroadcast(event);
  else if (event.due === 'series') await fireSeries(loadChannel, event);
  else await wake(event);
}
