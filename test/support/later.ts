import type { Cloud } from '@parley/local/cloud.ts';
import type { Row } from './cloud.ts';
import { invoke } from './functions.ts';
import { scheduledFor } from './table.ts';

const HOUR_MS = 3_600_000;

/** A time that does not come while a test runs, however slow the machine: what is to happen before it does. */
export function later(): string {
  return new Date(Date.now() + HOUR_MS).toISOString();
}

/** Lets the time of a message that waits for it be now, and does what EventBridge Scheduler does then. */
export async function comesDue(cloud: Cloud, message: Row): Promise<void> {
  await scheduledFor(cloud, message, Date.now());
  const wake = { organizationId: message['organization_id'], messageId: message.id, due: 'schedule' };
  await invoke(cloud, 'SchedulingScheduler', wake);
}
