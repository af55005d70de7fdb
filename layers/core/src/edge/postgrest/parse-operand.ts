import type { Cursor } from './cursor.ts';
import { take, takeName, unescape } from './cursor.ts';
import type { Result } from './problem.ts';
import { refuse, unreadable } from './problem.ts';
import type { Operand, TableSchema } from './query.ts';

/** Reads a column and the JSON path after it: `metadata->tags->0`, `metadata->>k`. */
export function takeOperand(cursor: Cursor, table: TableSchema, what: string): Result<Operand> {
  const column = takeName(cursor);
  if (column === undefined) return unreadable(what, cursor.text, `A column name is expected ${place(cursor)}.`);
  return takePath(cursor, table, column);
}

/** Reads the JSON path after a column that has been read. */
export function takePath(cursor: Cursor, table: TableSchema, column: string): Result<Operand> {
  const columnType = typeOf(table, column);
  if (!columnType) return unknownColumn(table, column);
  const path: (string | number)[] = [];
  for (let arrow = takeArrow(cursor); arrow; arrow = takeArrow(cursor)) {
    const step = takeStep(cursor);
    if (step === undefined) return unreadable('JSON path', cursor.text, `A key is expected ${place(cursor)}.`);
    path.push(step);
    if (arrow === '->>') return { ok: true, value: { column, type: 'text', path } };
  }
  return { ok: true, value: { column, type: path.length > 0 ? 'json' : columnType, path } };
}

/** Where reading stopped, for a refusal. */
export function place(cursor: Cursor): string {
  const rest = cursor.text.slice(cursor.at, cursor.at + 20);
  return rest === '' ? 'at the end' : `at character ${cursor.at + 1}, before "${rest}"`;
}

export function unknownColumn(table: TableSchema, column: string): Result<never> {
  return refuse('42703', `column ${table.name}.${column} does not exist`, {
    hint: `Columns of ${table.name}: ${Object.keys(table.columns).join(', ')}.`,
  });
}

export function hasColumn(table: TableSchema, column: string): boolean {
  return typeOf(table, column) !== undefined;
}

function typeOf(table: TableSchema, column: string): Operand['type'] | undefined {
  return Object.hasOwn(table.columns, column) ? table.columns[column] : undefined;
}

function takeArrow(cursor: Cursor): string | undefined {
  return take(cursor, /->>?/y)?.[0];
}

function takeStep(cursor: Cursor): string | number | undefined {
  const position = take(cursor, /-?\d{1,9}(?=->|::|[.,)]|\s*$)/y)?.[0];
  if (position !== undefined) return Number(position);
  const quoted = take(cursor, /"((?:[^"\\]|\\[^])*)"/y)?.[1];
  if (quoted !== undefined) return unescape(quoted);
  return take(cursor, /(?:[^-:.,()>"]|-(?!>))+/uy)?.[0].trim();
}
