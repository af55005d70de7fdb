/** A clock that goes on only when everybody who lives by it sleeps: however slow the machine, nobody is ever late. Times in ms. */
export interface VirtualClock {
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Runs them beside each other until all are done. */
  run(workers: (() => Promise<void>)[]): Promise<void>;
}

export function virtualClock(start: number): VirtualClock {
  let [now, awake] = [start, 0];
  const sleepers: { at: number; wake: () => void }[] = [];
  const rest = () => {
    awake -= 1;
    if (awake > 0) return;
    const next = sleepers.toSorted((one, other) => one.at - other.at)[0];
    if (!next) return;
    sleepers.splice(sleepers.indexOf(next), 1);
    now = next.at;
    awake += 1;
    next.wake();
  };
  return {
    now: () => now,
    sleep: (ms) =>
      new Promise((wake) => {
        sleepers.push({ at: now + Math.max(0, ms), wake });
        rest();
      }),
    run: async (workers) => {
      awake += workers.length;
      await Promise.all(workers.map((worker) => worker().finally(rest)));
    },
  };
}
