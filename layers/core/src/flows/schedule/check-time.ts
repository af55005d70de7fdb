import { refuse } from '../../domain/problem.ts';
import type { Problem } from '../../domain/problem.ts';

/** EventBridge Scheduler takes any time, but a message for later than this is a mistake in the year. */
const FARTHEST_MS = 366 * 24 * 3600 * 1000;

/** What is wrong with the time (ms) a message is to leave at. */
export function checkTime(scheduledAt: number | undefined): Problem | undefined {
  if (scheduledAt === undefined) return undefined;
  const ahead = scheduledAt - Date.now();
  const text = ahead <= 0 ? 'is in the past' : ahead > FARTHEST_MS ? 'is more than 366 days ahead' : undefined;
  return text && refuse(422, 'invalid_time', `'scheduled_at' ${text}`, { details: 'scheduled_at' }).problem;
}
