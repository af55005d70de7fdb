import { parseColumns, parseOnConflict } from './parse-columns.ts';
import { parseFilter } from './parse-filter.ts';
import { parseLogic } from './parse-logic.ts';
import { parseOrder } from './parse-order.ts';
import { parseLimit, parseOffset } from './parse-page.ts';
import { everyColumn, parseSelect } from './parse-select.ts';
import type { Problem, Result } from './problem.ts';
import { respell } from './respell.ts';
import type { Filter, Query, TableSchema } from './query.ts';

type Parser = (value: string, table: TableSchema) => Result<Partial<Query>>;

// Each reserved parameter and the member of the query it gives. Repeated, the last one counts.
const reserved: Readonly<Record<string, Parser>> = {
  select: (value, table) => named('select', parseSelect(value, table)),
  order: (value, table) => named('order', parseOrder(value, table)),
  limit: (value) => named('limit', parseLimit(value)),
  offset: (value) => named('offset', parseOffset(value)),
  columns: (value, table) => named('columns', parseColumns(value, table)),
  on_conflict: (value, table) => named('onConflict', parseOnConflict(value, table)),
};

const logic = /^(?:not\.)?(?:and|or)$/;

/**
 * Reads a raw query string as PostgREST does: `+` is a space, `%2B` a plus, repeated filters all apply.
 * https://docs.postgrest.org/en/stable/references/api/tables_views.html
 */
export function parseQuery(
  rawQueryString: string,
  table: TableSchema,
): { ok: true; query: Query } | { ok: false; problem: Problem } {
  let query: Query = { filters: { kind: 'and', filters: [] }, select: everyColumn(table), order: [], offset: 0 };
  const filters: Filter[] = [];
  for (const [key, value] of new URLSearchParams(rawQueryString)) {
    const parser = Object.hasOwn(reserved, key) ? reserved[key] : undefined;
    if (parser) {
      const part = parser(value, table);
      if (!part.ok) return part;
      query = { ...query, ...part.value };
    } else {
      const filter = logic.test(key) ? parseLogic(key, value, table) : parseFilter(key, value, table);
      if (!filter.ok) return filter;
      filters.push(filter.value);
    }
  }
  return { ok: true, query: { ...query, filters: respell({ kind: 'and', filters }, table) } };
}

function named<Name extends keyof Query>(name: Name, result: Result<Query[Name]>): Result<Partial<Query>> {
  return result.ok ? { ok: true, value: { [name]: result.value } } : result;
}
