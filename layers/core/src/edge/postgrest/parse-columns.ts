import { atEnd, cursorOn, take, takeName } from './cursor.ts';
import { hasColumn, place, unknownColumn } from './parse-operand.ts';
import type { Result } from './problem.ts';
import { refuse, unreadable } from './problem.ts';
import type { TableSchema } from './query.ts';

/** Reads `columns="a","b"`, the members a write takes from its body; an unknown one is PGRST204. */
export function parseColumns(value: string, table: TableSchema): Result<string[]> {
  const names = parseNames('columns', value);
  const unknown = names.ok ? names.value.find((name) => !hasColumn(table, name)) : undefined;
  if (unknown === undefined) return names;
  return refuse('PGRST204', `Could not find the '${unknown}' column of '${table.name}' in the schema cache`, {
    hint: `Columns of ${table.name}: ${Object.keys(table.columns).join(', ')}.`,
  });
}

/** Reads `on_conflict=a,b`. */
export function parseOnConflict(value: string, table: TableSchema): Result<string[]> {
  const names = parseNames('on_conflict', value);
  const unknown = names.ok ? names.value.find((name) => !hasColumn(table, name)) : undefined;
  return unknown === undefined ? names : unknownColumn(table, unknown);
}

function parseNames(what: string, value: string): Result<string[]> {
  const cursor = cursorOn(value);
  const names: string[] = [];
  do {
    const name = takeName(cursor);
    if (name === undefined)
      return unreadable(what, value, `"${what}" lists columns; one is expected ${place(cursor)}.`);
    names.push(name);
  } while (take(cursor, /,/y));
  return atEnd(cursor) ? { ok: true, value: names } : unreadable(what, value, `"," is expected ${place(cursor)}.`);
}
