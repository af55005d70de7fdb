import type { KeyBytes } from '../tables/keys.ts';
import { encodeKey, indexKey, sameKey } from '../tables/keys.ts';
import type { Index, Table } from '../tables/table.ts';
import type { Item } from '../values/types.ts';
import type { Database } from './database.ts';
import type { ItemRow } from './rows.ts';
import { parseRow } from './rows.ts';

// An entry says where its item is; what the index projects is taken from the item when it is read, so the two can
// never disagree.

/** Brings every index in step with an item that replaces another; either may be absent. */
export function moveIndexEntries(
  db: Database,
  table: Table,
  key: KeyBytes,
  before: Item | undefined,
  after: Item | undefined,
): void {
  for (const index of table.indexes) {
    const [left, entered] = [indexKey(index, before), indexKey(index, after)];
    if (left && entered && sameKey(left, entered)) continue;
    if (left) deleteEntry(db, table, index, left, key);
    if (entered) insertEntry(db, table, index, entered, key);
  }
}

/** Fills a new index from the items the table already has. */
export function buildIndex(db: Database, table: Table, index: Index): void {
  for (const row of db.all<ItemRow>('SELECT item, size FROM items WHERE table_id = ?', table.id)) {
    const { item } = parseRow(row);
    const entry = indexKey(index, item);
    if (entry) insertEntry(db, table, index, entry, encodeKey(table.keys, item));
  }
}

export function dropIndex(db: Database, table: Table, index: Index): void {
  db.run('DELETE FROM index_entries WHERE table_id = ? AND index_name = ?', table.id, index.name);
}

function insertEntry(db: Database, table: Table, index: Index, entry: KeyBytes, item: KeyBytes): void {
  db.run(
    'INSERT INTO index_entries (table_id, index_name, hash, range, item_hash, item_range) VALUES (?, ?, ?, ?, ?, ?)',
    ...entryValues(table, index, entry, item),
  );
}

function deleteEntry(db: Database, table: Table, index: Index, entry: KeyBytes, item: KeyBytes): void {
  db.run(
    `DELETE FROM index_entries
     WHERE table_id = ? AND index_name = ? AND hash = ? AND range = ? AND item_hash = ? AND item_range = ?`,
    ...entryValues(table, index, entry, item),
  );
}

function entryValues(table: Table, index: Index, entry: KeyBytes, item: KeyBytes): (string | number | Uint8Array)[] {
  return [table.id, index.name, entry.hash, entry.range, item.hash, item.range];
}
