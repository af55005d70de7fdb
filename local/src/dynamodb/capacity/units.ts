import { indexKey, pick, sameKey } from '../tables/keys.ts';
import type { Index, Table } from '../tables/table.ts';
import { projectedNames } from '../tables/table.ts';
import { sameItem } from '../values/compare.ts';
import { itemSize } from '../values/size.ts';
import type { Item } from '../values/types.ts';

// "DynamoDB read and write operations" and, for indexes, "Using Global Secondary Indexes: write capacity units".

const WRITE_UNIT_BYTES = 1024;
const READ_UNIT_BYTES = 4096;

/** A transaction prepares and commits every item: everything counts twice. */
export const TRANSACTION_FACTOR = 2;

export type Consistency = 'eventual' | 'strong' | 'transaction';

const READ_FACTOR: Record<Consistency, number> = { eventual: 0.5, strong: 1, transaction: TRANSACTION_FACTOR };

/** Reading this many bytes; reading nothing costs as much as the smallest item. */
export function readUnits(bytes: number, consistency: Consistency): number {
  return Math.max(1, Math.ceil(bytes / READ_UNIT_BYTES)) * READ_FACTOR[consistency];
}

/** Writing to the table: the larger of the item before and after counts, and at least one unit. */
export function writeUnits(bytesBefore: number, bytesAfter: number): number {
  return Math.max(1, Math.ceil(Math.max(bytesBefore, bytesAfter) / WRITE_UNIT_BYTES));
}

/**
 * What a write costs one index: nothing when the projection stays the same, one write to put, change or delete an entry,
 * and a delete and a put when the entry's key changes.
 */
export function indexWriteUnits(table: Table, index: Index, before: Item | undefined, after: Item | undefined): number {
  const left = entryOf(table, index, before);
  const entered = entryOf(table, index, after);
  if (!left && !entered) return 0;
  if (!left || !entered) return writeUnits(sizeOf(left), sizeOf(entered));
  if (!sameKey(left.key, entered.key)) return writeUnits(sizeOf(left), 0) + writeUnits(0, sizeOf(entered));
  return sameItem(left.projected, entered.projected) ? 0 : writeUnits(sizeOf(left), sizeOf(entered));
}

/** What an index holds of an item. */
export function projectOnto(table: Table, index: Index, item: Item): Item {
  const names = projectedNames(table, index);
  return names ? pick(item, names) : item;
}

type Entry = { key: NonNullable<ReturnType<typeof indexKey>>; projected: Item };

function entryOf(table: Table, index: Index, item: Item | undefined): Entry | undefined {
  const key = indexKey(index, item);
  return key && item && { key, projected: projectOnto(table, index, item) };
}

function sizeOf(entry: Entry | undefined): number {
  return entry ? itemSize(entry.projected) : 0;
}
