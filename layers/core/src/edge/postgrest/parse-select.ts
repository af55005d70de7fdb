import type { Cursor } from './cursor.ts';
import { atEnd, cursorOn, take, takeName } from './cursor.ts';
import { place, takePath } from './parse-operand.ts';
import type { Result } from './problem.ts';
import { refuse, unreadable } from './problem.ts';
import type { Cast, Operand, SelectedColumn, TableSchema } from './query.ts';

const casts: Readonly<Record<string, Cast>> = {
  text: 'text',
  varchar: 'text',
  int: 'integer',
  int2: 'integer',
  int4: 'integer',
  int8: 'integer',
  integer: 'integer',
  smallint: 'integer',
  bigint: 'integer',
  numeric: 'number',
  decimal: 'number',
  real: 'number',
  float: 'number',
  float4: 'number',
  float8: 'number',
  bool: 'boolean',
  boolean: 'boolean',
};

/** Reads `select=`: `*`, columns, `alias:column`, `column->path`, `column::cast`. Of equal names the last counts. */
export function parseSelect(value: string, table: TableSchema): Result<SelectedColumn[]> {
  if (value.trim() === '') return { ok: true, value: everyColumn(table) };
  const cursor = cursorOn(value);
  const columns = new Map<string, SelectedColumn>();
  do {
    const taken = takeItem(cursor, table);
    if (!taken.ok) return taken;
    for (const column of taken.value) columns.set(column.name, column);
  } while (take(cursor, /,/y));
  if (atEnd(cursor)) return { ok: true, value: [...columns.values()] };
  return unreadable('select', value, `"," is expected ${place(cursor)}.`);
}

/** What `select=*` means. */
export function everyColumn(table: TableSchema): SelectedColumn[] {
  return Object.entries(table.columns).map(([column, type]) => ({ name: column, column, type, path: [] }));
}

function takeItem(cursor: Cursor, table: TableSchema): Result<SelectedColumn[]> {
  if (take(cursor, /\s*\*\s*(?=,|$)/y)) return { ok: true, value: everyColumn(table) };
  const spread = take(cursor, /\s*\.\.\./y);
  const name = takeName(cursor);
  if (name === undefined) return unreadable('select', cursor.text, `A column is expected ${place(cursor)}.`);
  const alias = take(cursor, /:(?!:)/y) ? name : undefined;
  const column = alias === undefined ? name : takeName(cursor);
  if (column === undefined) return unreadable('select', cursor.text, `A column is expected ${place(cursor)}.`);
  if (spread || take(cursor, /[(!]/y)) return refuseEmbedding(cursor, table, column);
  return takeColumn(cursor, table, column, alias);
}

function takeColumn(
  cursor: Cursor,
  table: TableSchema,
  column: string,
  alias: string | undefined,
): Result<SelectedColumn[]> {
  const operand = takePath(cursor, table, column);
  if (!operand.ok) return operand;
  const cast = takeCast(cursor);
  if (!cast.ok) return cast;
  if (take(cursor, /\.\w+\(/y)) return refuseAggregate();
  const name = alias ?? nameOf(operand.value);
  return { ok: true, value: [{ ...operand.value, name, ...(cast.value && { cast: cast.value }) }] };
}

function takeCast(cursor: Cursor): Result<Cast | undefined> {
  const [, type] = take(cursor, /::\s*([\w ]*)/y) ?? [];
  if (type === undefined) return { ok: true, value: undefined };
  const cast = casts[type.trim().toLowerCase()];
  if (cast) return { ok: true, value: cast };
  return refuse('42704', `type "${type.trim()}" does not exist`, { hint: `Casts: ${Object.keys(casts).join(', ')}.` });
}

function nameOf({ column, path }: Operand): string {
  return path.findLast((step) => typeof step === 'string') ?? column;
}

function refuseEmbedding(cursor: Cursor, table: TableSchema, name: string): Result<never> {
  if (name === 'count' && take(cursor, /\)/y)) return refuseAggregate();
  return refuse('PGRST200', `Could not find a relationship between '${table.name}' and '${name}' in the schema cache`, {
    details: `${table.name} embeds no other table; read ${name} with its own request.`,
  });
}

function refuseAggregate(): Result<never> {
  return refuse('PGRST123', 'Use of aggregate functions is not allowed', {
    hint: 'To count rows send Prefer: count=exact.',
  });
}
