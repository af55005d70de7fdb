import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { DatabaseSync } from 'node:sqlite';

/** The SQLite file behind one endpoint: cached statements and transactions. Row types are the caller's promise. */
export type Database = {
  /** Rows are read as they are asked for; leave the loop early to read no more. */
  each<Row>(sql: string, ...values: SQLInputValue[]): Iterable<Row>;
  all<Row>(sql: string, ...values: SQLInputValue[]): Row[];
  run(sql: string, ...values: SQLInputValue[]): { id: number; changes: number };
  /** Everything in `work` is kept, or nothing when it throws. */
  transaction<Result>(work: () => Result): Result;
  close(): void;
};

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS tables (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, definition TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS items (
    table_id INTEGER NOT NULL, hash BLOB NOT NULL, range BLOB NOT NULL,
    size INTEGER NOT NULL, expires INTEGER, item TEXT NOT NULL,
    PRIMARY KEY (table_id, hash, range)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS items_by_expiry ON items (table_id, expires) WHERE expires IS NOT NULL;
  CREATE TABLE IF NOT EXISTS index_entries (
    table_id INTEGER NOT NULL, index_name TEXT NOT NULL, hash BLOB NOT NULL, range BLOB NOT NULL,
    item_hash BLOB NOT NULL, item_range BLOB NOT NULL,
    PRIMARY KEY (table_id, index_name, hash, range, item_hash, item_range)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS stream_records (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, table_id INTEGER NOT NULL, at INTEGER NOT NULL,
    event_name TEXT NOT NULL, keys TEXT NOT NULL, new_image TEXT, old_image TEXT,
    size INTEGER NOT NULL, by_service INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS stream_records_by_table ON stream_records (table_id, sequence);
  CREATE TABLE IF NOT EXISTS request_tokens (
    token TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS request_tokens_by_time ON request_tokens (at);
  CREATE TABLE IF NOT EXISTS checkpoints (name TEXT PRIMARY KEY, sequence TEXT NOT NULL) STRICT;
`;

/**
 * Opens or creates the file; `:memory:` keeps nothing. A commit survives the death of the process (WAL), though
 * power loss may take the last ones: that is SQLite's synchronous=NORMAL, and what makes a write cheap.
 */
export function openDatabase(file: string): Database {
  const sqlite = new DatabaseSync(file);
  sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  sqlite.exec(SCHEMA);
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string): StatementSync => {
    const statement = statements.get(sql) ?? sqlite.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  return {
    each: <Row>(sql: string, ...values: SQLInputValue[]) => prepared(sql).iterate(...values) as Iterable<Row>,
    all: <Row>(sql: string, ...values: SQLInputValue[]) => prepared(sql).all(...values) as Row[],
    run(sql, ...values) {
      const { lastInsertRowid, changes } = prepared(sql).run(...values);
      return { id: Number(lastInsertRowid), changes: Number(changes) };
    },
    transaction: (work) => inTransaction(prepared, work),
    close: () => sqlite.close(),
  };
}

function inTransaction<Result>(prepared: (sql: string) => StatementSync, work: () => Result): Result {
  prepared('BEGIN IMMEDIATE').run();
  try {
    const result = work();
    prepared('COMMIT').run();
    return result;
  } catch (error) {
    prepared('ROLLBACK').run();
    throw error;
  }
}
