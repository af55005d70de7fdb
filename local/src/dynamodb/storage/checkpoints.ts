import type { Database } from './database.ts';

/** How far readers of streams have come, kept beside the streams themselves. */
export type Checkpoints = {
  get(name: string): string | undefined;
  set(name: string, sequence: string): void;
};

export function openCheckpoints(db: Database): Checkpoints {
  return {
    get: (name) => db.all<{ sequence: string }>('SELECT sequence FROM checkpoints WHERE name = ?', name)[0]?.sequence,
    set(name, sequence) {
      db.run('INSERT OR REPLACE INTO checkpoints (name, sequence) VALUES (?, ?)', name, sequence);
    },
  };
}
