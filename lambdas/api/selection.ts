import { evaluate } from '@parley/core/edge/postgrest/evaluate.ts';
import { equalities, inLists, ranges } from '@parley/core/edge/postgrest/plan.ts';
import type { Preferences } from '@parley/core/edge/postgrest/prefer.ts';
import { maxRows } from '@parley/core/edge/postgrest/query.ts';
import type { Query } from '@parley/core/edge/postgrest/query.ts';
import { sortRows } from '@parley/core/edge/postgrest/sort-rows.ts';
import type { Selection } from '@parley/core/flows/lists/list.ts';

/** What a query asks of a table. */
export function selectionOf(query: Query, prefer: Preferences): Selection {
  const equal = equalities(query);
  const lists = inLists(query);
  const bounds = ranges(query);
  return {
    equal: (column) => (equal[column] === undefined ? lists[column] : [equal[column]]),
    between: (column) => timesOf(bounds[column]),
    above: (column) => bounds[column]?.gt ?? bounds[column]?.gte,
    matches: (row) => evaluate(query.filters, row),
    order: query.order.map(({ column, descending }) => ({ column, descending })),
    sort: (rows) => sortRows(rows, query.order),
    offset: query.offset,
    limit: query.limit ?? maxRows,
    count: prefer.count !== undefined,
  };
}

/** A superset is enough: the filter itself decides about the ends. */
function timesOf(bounds: ReturnType<typeof ranges>[string] = {}): { from?: number; to?: number } {
  const from = bounds.gte ?? bounds.gt;
  const to = bounds.lte ?? bounds.lt;
  return {
    ...(from === undefined ? {} : { from: Date.parse(from) }),
    ...(to === undefined ? {} : { to: Date.parse(to) }),
  };
}
