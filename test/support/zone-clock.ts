import { clockOf } from '@parley/core/domain/local-time.ts';
import type { Clock } from '@parley/core/domain/local-time.ts';

export async function zoneClock(zone: string): Promise<Clock> {
  const clock = await clockOf(zone);
  if (!clock) throw new Error(`${zone} is no zone`);
  return clock;
}
