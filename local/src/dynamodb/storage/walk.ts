import { encodeKey } from '../tables/keys.ts';
import type { Index, Table } from '../tables/table.ts';
import { AFTER_ALL, BEFORE_ALL, justAfter } from '../values/order.ts';
import type { Item } from '../values/types.ts';
import type { Database } from './database.ts';
import type { ItemRow, StoredItem } from './rows.ts';
import { parseRow } from './rows.ts';

/** Half-open: from `from` up to but not including `to`. */
export type ByteRange = { from: Uint8Array; to: Uint8Array };

export const EVERYTHING: ByteRange = { from: BEFORE_ALL, to: AFTER_ALL };

/** A table, or one of its indexes. */
export type Source = { table: Table; index: Index | undefined };

/** Items of one partition in sort key order, starting after `start` when given. */
export function walkPartition(
  db: Database,
  source: Source,
  hash: Uint8Array,
  range: ByteRange,
  forward: boolean,
  start: Item | undefined,
): Iterable<StoredItem> {
  const [, ...columns] = positionColumns(source);
  const [, ...position] = start ? positionOf(source, start) : [];
  const sql = `${selectSql(source)} AND ${positionColumns(source)[0]} = ? AND ${columns[0]} >= ? AND ${columns[0]} < ?
    ${beyond(columns, position, forward)} ORDER BY ${ordered(columns, forward)}`;
  const { from, to } = narrow(range, forward, position[0]);
  return read(db, sql, [...sourceValues(source), hash, from, to, ...position]);
}

/** Items whose partition key's hash lies in the range, in hash order, starting after `start` when given. */
export function walkHashes(db: Database, source: Source, hashes: ByteRange, start?: Item): Iterable<StoredItem> {
  const columns = positionColumns(source);
  const position = start ? positionOf(source, start) : [];
  const sql = `${selectSql(source)} AND ${columns[0]} >= ? AND ${columns[0]} < ?
    ${beyond(columns, position, true)} ORDER BY ${ordered(columns, true)}`;
  const { from, to } = narrow(hashes, true, position[0]);
  return read(db, sql, [...sourceValues(source), from, to, ...position]);
}

/** An item's place in the walk: an index's entries with one key are ordered by their items' keys. */
function positionOf({ table, index }: Source, item: Item): Uint8Array[] {
  const key = encodeKey(table.keys, item);
  const entry = index && encodeKey(index.keys, item);
  return entry ? [entry.hash, entry.range, key.hash, key.range] : [key.hash, key.range];
}

function positionColumns({ index }: Source): string[] {
  return index ? ['e.hash', 'e.range', 'e.item_hash', 'e.item_range'] : ['i.hash', 'i.range'];
}

function beyond(columns: string[], position: Uint8Array[], forward: boolean): string {
  if (position.length === 0) return '';
  return `AND (${columns.join(', ')}) ${forward ? '>' : '<'} (${columns.map(() => '?').join(', ')})`;
}

function ordered(columns: string[], forward: boolean): string {
  return columns.map((column) => `${column} ${forward ? 'ASC' : 'DESC'}`).join(', ');
}

/** The range without what lies before a start: SQLite seeks to a bound, but only filters by a position. */
function narrow(range: ByteRange, forward: boolean, start: Uint8Array | undefined): ByteRange {
  if (!start) return range;
  if (forward) return { from: Buffer.compare(start, range.from) > 0 ? start : range.from, to: range.to };
  const end = justAfter(start);
  return { from: range.from, to: Buffer.compare(end, range.to) < 0 ? end : range.to };
}

function selectSql({ index }: Source): string {
  if (!index) return 'SELECT i.item, i.size FROM items i WHERE i.table_id = ?';
  return `SELECT i.item, i.size FROM index_entries e
    JOIN items i ON i.table_id = e.table_id AND i.hash = e.item_hash AND i.range = e.item_range
    WHERE e.table_id = ? AND e.index_name = ?`;
}

function sourceValues({ table, index }: Source): (number | string)[] {
  return index ? [table.id, index.name] : [table.id];
}

function* read(db: Database, sql: string, values: (number | string | Uint8Array)[]): Iterable<StoredItem> {
  for (const row of db.each<ItemRow>(sql, ...values)) yield parseRow(row);
}
