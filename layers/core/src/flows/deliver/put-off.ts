import { backAt } from '../../domain/waiting.ts';
import type { Wait } from '../../domain/waiting.ts';
import { LONGEST_HIDE_MS } from '../../store/queues.ts';
import type { SendTask } from '../../store/queues.ts';
import { keepWait } from '../../store/waiting.ts';

/** `later`: its queue hides it for so long, and the conversation behind it waits in order. `done`: it waits outside its queue. */
export type Later = { outcome: 'later'; afterMs: number } | { outcome: 'done' };

/** The scheduler's clock and ours may differ: what is put back is not sent out again for so little. */
const CLOCKS_MS = 60_000;

/**
 * Puts a message off that no sender has claimed: for longer outside its queue, else within it. Written where somebody has to find it: by whoever puts it back, or
 * because a moment was taken for it. Undefined: it is claimed, or has come to something.
 */
export async function putOff(
  task: SendTask,
  wait: Wait & { until: number },
  { left, isKept }: { left: number; isKept: boolean },
): Promise<Later | undefined> {
  const now = Date.now();
  const outside = leaves(wait.until, now, task.wait !== undefined);
  const isToKeep = outside || (wait.moment !== undefined && !isKept);
  const kept = !isToKeep || (await keepWait(task.organizationId, task.messageId, { wait, outside, now }));
  if (!kept) return undefined;
  return outside ? { outcome: 'done' } : hide(left);
}

/** Whether who waits until then (ms) does so outside its queue. `isBack`: it has just come from there. */
export function leaves(until: number, now: number, isBack: boolean): boolean {
  const back = backAt(until, now);
  return back !== undefined && (!isBack || back - CLOCKS_MS > now);
}

export function hide(wait: number): Later {
  return { outcome: 'later', afterMs: Math.min(Math.max(wait, 0), LONGEST_HIDE_MS) };
}
