import { readOperand } from './matcher.ts';
import type { Order, Row } from './query.ts';
import { valueKinds } from './value-kinds.ts';

/** The rows in order, each column compared as its type; rows that tie keep their places. */
export function sortRows<R extends Row>(rows: readonly R[], order: readonly Order[]): R[] {
  const sorters = order.map((term) => {
    const values = rows.map((row) => readOperand(row, term));
    return valueKinds[term.type].sorter(values, term);
  });
  const places = [...rows.keys()].sort((a, b) => {
    for (const sorter of sorters) {
      const result = sorter(a, b);
      if (result !== 0) return result;
    }
    return 0;
  });
  return places.map((place) => rows[place]).filter((row) => row !== undefined);
}
