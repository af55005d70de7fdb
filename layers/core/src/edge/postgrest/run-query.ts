import { evaluate } from './evaluate.ts';
import type { Query, Row } from './query.ts';
import { maxRows } from './query.ts';
import { sortRows } from './sort-rows.ts';

/** One page of rows, not yet projected, and how many match in all. */
export interface Page {
  rows: readonly Row[];
  total?: number;
}

/** Filters, sorts and cuts rows that are in memory. */
export function runQuery(query: Query, rows: readonly Row[]): Required<Page> {
  const matching = rows.filter((row) => evaluate(query.filters, row));
  const sorted = sortRows(matching, query.order);
  return { rows: sorted.slice(query.offset, query.offset + (query.limit ?? maxRows)), total: matching.length };
}
