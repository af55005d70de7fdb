import { loadChannel } from '@parley/core/channels/registry.ts';
import { log } from '@parley/core/edge/log.ts';
import { wake } from '@parley/core/flows/schedule/wake.ts';
import type { BroadcastWake, SeriesWake, Wake } from '@parley/core/store/schedules.ts';

/** Called by EventBridge Scheduler at the time of a message, a series or a broadcast. What it throws, Scheduler tries again. */
export async function handler(event: Wake | BroadcastWake | SeriesWake): Promise<void> {
  log.info('woken', { ...event });
  if (event.due === 'broadcast') await wakeBroadcast(event);
  else if (event.due === 'series') await fireSeries(event);
  else await wake(event);
}

async function wakeBroadcast(event: BroadcastWake): Promise<void> {
  await (await import('@parley/core/flows/schedule/wake-broadcast.ts')).wakeBroadcast(event);
}

/** Makes a message, with all that a send is: loaded for the first. */
async function fireSeries(event: SeriesWake): Promise<void> {
  await (await import('@parley/core/flows/series/fire.ts')).fireSeries(loadChannel, event);
}
