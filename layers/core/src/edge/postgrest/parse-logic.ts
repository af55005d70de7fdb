import type { Cursor } from './cursor.ts';
import { atEnd, cursorOn, take } from './cursor.ts';
import { takeItemCondition } from './parse-filter.ts';
import { place, takeOperand } from './parse-operand.ts';
import type { Result } from './problem.ts';
import { unreadable } from './problem.ts';
import type { Filter, TableSchema } from './query.ts';

const maxDepth = 20;

/** Reads `or=(…)`, `and=(…)`, `not.or=(…)` and `not.and=(…)`: `key` is what stands before the equals sign. */
export function parseLogic(key: string, value: string, table: TableSchema): Result<Filter> {
  if (!/^\s*\(/.test(value)) return unreadable('logic tree', value, `"${key}" takes conditions in parentheses.`);
  const cursor = cursorOn(`${key}${value}`);
  const tree = takeTree(cursor, table, 1);
  if (!tree.ok || atEnd(cursor)) return tree;
  return unreadable('logic tree', value, `Nothing is expected ${place(cursor)}.`);
}

function takeTree(cursor: Cursor, table: TableSchema, depth: number): Result<Filter> {
  take(cursor, /\s*/y);
  const [group, negation, kind] = take(cursor, /(not\.)?(and|or)\s*\(/y) ?? [];
  if (group === undefined) return takeFilter(cursor, table);
  if (depth > maxDepth) return unreadable('logic tree', cursor.text, `Groups may nest ${maxDepth} deep.`);
  const filters = takeTrees(cursor, table, depth);
  if (!filters.ok) return filters;
  const filter: Filter = { kind: kind === 'or' ? 'or' : 'and', filters: filters.value };
  return { ok: true, value: negation ? { kind: 'not', filter } : filter };
}

function takeTrees(cursor: Cursor, table: TableSchema, depth: number): Result<Filter[]> {
  const filters: Filter[] = [];
  do {
    const filter = takeTree(cursor, table, depth + 1);
    if (!filter.ok) return filter;
    filters.push(filter.value);
  } while (take(cursor, /\s*,/y));
  if (take(cursor, /\s*\)\s*/y)) return { ok: true, value: filters };
  return unreadable('logic tree', cursor.text, `"," or ")" is expected ${place(cursor)}.`);
}

function takeFilter(cursor: Cursor, table: TableSchema): Result<Filter> {
  const operand = takeOperand(cursor, table, 'logic tree');
  return operand.ok ? takeItemCondition(cursor, operand.value) : operand;
}
