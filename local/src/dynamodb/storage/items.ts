import type { KeyBytes } from '../tables/keys.ts';
import type { Table } from '../tables/table.ts';
import type { Item } from '../values/types.ts';
import { attribute } from '../values/types.ts';
import type { Database } from './database.ts';
import { moveIndexEntries } from './index-entries.ts';
import type { ItemRow, StoredItem } from './rows.ts';
import { parseRow } from './rows.ts';

export function readItem(db: Database, table: Table, key: KeyBytes): StoredItem | undefined {
  const sql = 'SELECT item, size FROM items WHERE table_id = ? AND hash = ? AND range = ?';
  const [row] = db.all<ItemRow>(sql, table.id, key.hash, key.range);
  return row && parseRow(row);
}

/** Puts one item in the place of another (either may be absent) and keeps the table's indexes in step. */
export function replaceItem(
  db: Database,
  table: Table,
  key: KeyBytes,
  before: Item | undefined,
  after: StoredItem | undefined,
): void {
  moveIndexEntries(db, table, key, before, after?.item);
  if (!after) {
    db.run('DELETE FROM items WHERE table_id = ? AND hash = ? AND range = ?', table.id, key.hash, key.range);
    return;
  }
  db.run(
    'INSERT OR REPLACE INTO items (table_id, hash, range, size, expires, item) VALUES (?, ?, ?, ?, ?, ?)',
    table.id,
    key.hash,
    key.range,
    after.size,
    expiryOf(table, after.item),
    JSON.stringify(after.item),
  );
}

/** Recomputes when the table's items expire, after its time-to-live attribute changed. */
export function refreshExpiry(db: Database, table: Table): void {
  const rows = db.all<ItemRow & { hash: Uint8Array; range: Uint8Array }>(
    'SELECT hash, range, item, size FROM items WHERE table_id = ?',
    table.id,
  );
  for (const row of rows)
    db.run(
      'UPDATE items SET expires = ? WHERE table_id = ? AND hash = ? AND range = ?',
      expiryOf(table, parseRow(row).item),
      table.id,
      row.hash,
      row.range,
    );
}

/** Items whose time-to-live, in seconds since 1970, is in (after, until]. */
export function expiredItems(db: Database, table: Table, after: number, until: number, limit: number): Item[] {
  const sql = 'SELECT item, size FROM items WHERE table_id = ? AND expires > ? AND expires <= ? LIMIT ?';
  return db.all<ItemRow>(sql, table.id, after, until, limit).map((row) => parseRow(row).item);
}

export function countItems(db: Database, table: Table): { count: number; bytes: number } {
  const sql = 'SELECT count(*) AS count, coalesce(sum(size), 0) AS bytes FROM items WHERE table_id = ?';
  return db.all<{ count: number; bytes: number }>(sql, table.id)[0] ?? { count: 0, bytes: 0 };
}

function expiryOf(table: Table, item: Item): number | null {
  const value = table.ttlAttribute === undefined ? undefined : attribute(item, table.ttlAttribute);
  const seconds = value && 'N' in value ? Math.floor(Number(value.N)) : undefined;
  return seconds !== undefined && Number.isSafeInteger(seconds) ? seconds : null;
}
