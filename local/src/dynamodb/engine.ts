import type { Catalog } from './storage/catalog.ts';
import { openCatalog } from './storage/catalog.ts';
import type { Database } from './storage/database.ts';
import { openDatabase } from './storage/database.ts';
import type { Author } from './storage/stream-log.ts';
import { appendRecord } from './storage/stream-log.ts';
import type { Table } from './tables/table.ts';
import type { Item } from './values/types.ts';

/** What operations work with. Everything is synchronous, so a request never sees another one half done. */
export type Engine = {
  db: Database;
  catalog: Catalog;
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs a change and its stream records as one SQLite transaction; wakes the streams' readers once it is kept. */
  change<Result>(work: () => Result): Result;
  /** Adds a stream record; only inside `change`. */
  emit(table: Table, before: Item | undefined, after: Item | undefined, author: Author): void;
  /** Calls the listener after every commit that wrote records of the table. Returns what stops it. */
  onRecords(tableName: string, listener: () => void): () => void;
};

export function openEngine(file: string, now: () => number): Engine {
  const db = openDatabase(file);
  const listeners = new Map<string, Set<() => void>>();
  let emitted = new Set<string>();
  return {
    db,
    catalog: openCatalog(db),
    now,
    change(work) {
      emitted = new Set();
      const result = db.transaction(work);
      for (const name of emitted) for (const listener of listeners.get(name) ?? []) listener();
      return result;
    },
    emit(table, before, after, author) {
      if (!table.stream) return;
      appendRecord(db, table, before, after, author, now());
      emitted.add(table.name);
    },
    onRecords(tableName, listener) {
      const set = listeners.get(tableName) ?? new Set();
      listeners.set(tableName, set.add(listener));
      return () => set.delete(listener);
    },
  };
}
