import { fireBroadcast } from '../../store/broadcast-steps.ts';
import type { BroadcastWake } from '../../store/schedules.ts';

/** A broadcast whose time has come. Woken twice, it starts once. */
export async function wakeBroadcast({ organizationId, broadcastId }: BroadcastWake): Promise<void> {
  await fireBroadcast(organizationId, broadcastId, Date.now());
}
