import { itemSize } from '../values/size.ts';
import type { Item } from '../values/types.ts';

/** An item with its size in bytes. */
export type StoredItem = { item: Item; size: number };

/** The columns of `items` that make a StoredItem. */
export type ItemRow = { item: string; size: number };

export function storedItem(item: Item): StoredItem {
  return { item, size: itemSize(item) };
}

export function parseRow(row: ItemRow): StoredItem {
  return { item: JSON.parse(row.item) as Item, size: row.size };
}
