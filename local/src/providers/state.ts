import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** What outlives a restart, written before anyone is told of it. Values are JSON, on named shelves, in the order in which they were first put. */
export interface State {
  list<T>(shelf: string): T[];
  get(shelf: string, id: string): unknown;
  put(shelf: string, id: string, value: unknown): void;
  remove(shelf: string, id: string): void;
  /** Removes all but the newest of a shelf. */
  keepNewest(shelf: string, count: number): void;
  /** All that `work` puts and removes before it first waits, or none of it, whenever the process ends. */
  together<T>(work: () => T): T;
  /** Next number under this name: one more than the last, or `start` at first. */
  next(name: string, start: number): number;
  close(): void;
}

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS kept (place INTEGER PRIMARY KEY, shelf TEXT, id TEXT, value TEXT, UNIQUE (shelf, id));
  CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER) WITHOUT ROWID;
`;

/** Opens the file, or keeps everything in memory when there is none. */
export function openState(dataFile: string | undefined): State {
  if (dataFile) mkdirSync(dirname(dataFile), { recursive: true });
  const database = new DatabaseSync(dataFile ?? ':memory:');
  database.exec(SCHEMA);
  return {
    ...shelvesOf(database),
    together: (work) => together(database, work),
    next: counterOf(database),
    close: () => void (database.isOpen && database.close()),
  };
}

function shelvesOf(database: DatabaseSync): Omit<State, 'together' | 'next' | 'close'> {
  const list = database.prepare('SELECT value FROM kept WHERE shelf = ? ORDER BY place');
  const get = database.prepare('SELECT value FROM kept WHERE shelf = ? AND id = ?');
  const put = database.prepare(`INSERT INTO kept (shelf, id, value) VALUES (?, ?, ?)
    ON CONFLICT (shelf, id) DO UPDATE SET value = excluded.value`);
  const remove = database.prepare('DELETE FROM kept WHERE shelf = ? AND id = ?');
  const keepNewest = database.prepare(`DELETE FROM kept WHERE shelf = :shelf AND place <=
    (SELECT place FROM kept WHERE shelf = :shelf ORDER BY place DESC LIMIT 1 OFFSET :count)`);
  return {
    list: <T>(shelf: string) => list.all(shelf).map(({ value }) => JSON.parse(String(value)) as T),
    get: (shelf, id) => {
      const row = get.get(shelf, id);
      return row && (JSON.parse(String(row['value'])) as unknown);
    },
    // What a phone still does once everything has stopped is done again by the next start.
    put: (shelf, id, value) => void (database.isOpen && put.run(shelf, id, JSON.stringify(value))),
    remove: (shelf, id) => void (database.isOpen && remove.run(shelf, id)),
    keepNewest: (shelf, count) => void keepNewest.run({ shelf, count }),
  };
}

function together<T>(database: DatabaseSync, work: () => T): T {
  if (!database.isOpen || database.isTransaction) return work();
  database.exec('BEGIN');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function counterOf(database: DatabaseSync): State['next'] {
  const next = database.prepare(`INSERT INTO counters VALUES (?, ?)
    ON CONFLICT DO UPDATE SET value = value + 1 RETURNING value`);
  return (name, start) => Number(next.get(name, start)?.['value']);
}
