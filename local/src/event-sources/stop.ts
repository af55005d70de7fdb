import { setTimeout as wait } from 'node:timers/promises';

/** Tells the parts of an event source to stop, and wakes those that sleep. */
export type Stop = {
  signal: AbortSignal;
  /** Resolves after the time, or at once when stopped. */
  sleep(ms: number): Promise<void>;
  now(): void;
};

export function createStop(): Stop {
  const controller = new AbortController();
  const { signal } = controller;
  return {
    signal,
    now: () => controller.abort(),
    sleep: (ms) => wait(ms, undefined, { signal }).catch(() => undefined),
  };
}

/** Wait before the next attempt: 100 ms, doubled each time, at most 10 s. */
export function backoffMs(attempt: number): number {
  return Math.min(100 * 2 ** attempt, 10_000);
}
