import { setTimeout as sleep } from 'node:timers/promises';

/** A task is hidden for so long at a time: one that is broken off comes back soon, however long its work would have taken. */
const HIDDEN_MS = 45_000;

/**
 * Does the work of a task and hides it from others meanwhile, again and again. `hide`: for so long (ms), from now. A task that could not be hidden
 * comes back early and is begun again beside this one, which does no harm.
 */
export async function kept<T>(
  hide: (ms: number) => Promise<void>,
  work: () => Promise<T>,
  everyMs = HIDDEN_MS / 3,
): Promise<T> {
  await hide(HIDDEN_MS);
  const ended = new AbortController();
  const hiding = keepHidden(hide, everyMs, ended.signal);
  try {
    return await work();
  } finally {
    ended.abort();
    // the last time must not come behind what the task is hidden for next
    await hiding;
  }
}

async function keepHidden(hide: (ms: number) => Promise<void>, everyMs: number, signal: AbortSignal): Promise<void> {
  const isTime = () => sleep(everyMs, true, { signal }).catch(() => false);
  while (await isTime()) await hide(HIDDEN_MS).catch(() => undefined);
}
