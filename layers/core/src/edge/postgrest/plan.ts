import { formatInstant, parseInstant } from './instant.ts';
import type { Comparison, Filter, Query } from './query.ts';

/** Bounds of a column that every answered row keeps. */
export interface Bounds {
  gt?: string;
  gte?: string;
  lt?: string;
  lte?: string;
}

/**
 * The columns that must equal one value: eq filters at the top level and in `and`. Timestamps come as UTC ISO text.
 * What a store answers with these is a superset: evaluate decides.
 */
export function equalities(query: Query): Record<string, string> {
  const found = conjuncts(query.filters).filter(({ operator, values }) => operator === 'eq' && values.length === 1);
  return firstOfEach(found.map((comparison) => [comparison.operand.column, literals(comparison, Math.floor)[0] ?? '']));
}

/** The columns that must equal one of a list: in filters at the top level and in `and`. */
export function inLists(query: Query): Record<string, string[]> {
  const found = conjuncts(query.filters).filter(({ operator }) => operator === 'in');
  return firstOfEach(found.map((comparison) => [comparison.operand.column, literals(comparison, Math.floor)]));
}

/** The bounds of columns, timestamps widened to whole milliseconds in UTC ISO text, so that text order is time order. */
export function ranges(query: Query): Record<string, Bounds> {
  const bounds: Record<string, Bounds> = {};
  for (const comparison of conjuncts(query.filters)) {
    const { operator, operand } = comparison;
    if (operator !== 'gt' && operator !== 'gte' && operator !== 'lt' && operator !== 'lte') continue;
    const [value] = literals(comparison, operator.startsWith('g') ? Math.floor : Math.ceil);
    if (value !== undefined) bounds[operand.column] = { [operator]: value, ...bounds[operand.column] };
  }
  return bounds;
}

/** The comparisons of whole columns that every answered row passes. */
function conjuncts(filter: Filter): Comparison[] {
  if (filter.kind === 'and') return filter.filters.flatMap(conjuncts);
  if (filter.kind !== 'comparison') return [];
  return filter.operand.path.length === 0 && !filter.quantifier ? [filter] : [];
}

function literals({ operand, values }: Comparison, round: (n: number) => number): string[] {
  if (operand.type === 'integer') return values.map((value) => String(Number(value)));
  if (operand.type !== 'timestamptz') return [...values];
  return values.map((value) => formatInstant(parseInstant(value) ?? 0, round));
}

function firstOfEach<T>(entries: [string, T][]): Record<string, T> {
  return Object.fromEntries(entries.toReversed());
}
