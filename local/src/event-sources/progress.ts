/**
 * How far a stream is processed. Records are read in order and may be finished in any order; the position is the last
 * one before which nothing is open, so that a restart from it misses nothing.
 */
export type Progress = {
  /** A record was read. `done` when nobody waits for it. */
  read(sequence: string, done: boolean): void;
  finish(sequences: readonly string[]): void;
  /** Records that were read and are not finished. */
  open(): number;
};

/** `save` gets each new position. */
export function trackProgress(save: (sequence: string) => void): Progress {
  const order: string[] = [];
  const open = new Set<string>();
  let passed: string | undefined;
  function advance(): void {
    const next = order.findIndex((sequence) => open.has(sequence));
    const finished = order.splice(0, next === -1 ? order.length : next);
    const position = finished.at(-1);
    if (position !== undefined && position !== passed) save(position);
    passed = position ?? passed;
  }
  return {
    read(sequence, done) {
      order.push(sequence);
      if (!done) open.add(sequence);
    },
    finish(sequences) {
      for (const sequence of sequences) open.delete(sequence);
      advance();
    },
    open: () => open.size,
  };
}
