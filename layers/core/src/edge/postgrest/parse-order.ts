import type { Cursor } from './cursor.ts';
import { atEnd, cursorOn, take } from './cursor.ts';
import { place, takeOperand } from './parse-operand.ts';
import type { Result } from './problem.ts';
import { unreadable } from './problem.ts';
import type { Order, TableSchema } from './query.ts';

/** Reads `order=created_at.desc.nullslast,id`. As in Postgres nulls count as the largest value. */
export function parseOrder(value: string, table: TableSchema): Result<Order[]> {
  const cursor = cursorOn(value);
  const order: Order[] = [];
  do {
    const term = takeTerm(cursor, table);
    if (!term.ok) return term;
    order.push(term.value);
  } while (take(cursor, /\s*,/y));
  if (atEnd(cursor)) return { ok: true, value: order };
  const allowed = '.asc or .desc, then .nullsfirst or .nullslast';
  return unreadable('order', value, `After a column only ${allowed} may follow; not what stands ${place(cursor)}.`);
}

function takeTerm(cursor: Cursor, table: TableSchema): Result<Order> {
  const operand = takeOperand(cursor, table, 'order');
  if (!operand.ok) return operand;
  const descending = take(cursor, /\.(asc|desc)(?![^.,\s])/y)?.[1] === 'desc';
  const nulls = take(cursor, /\.nulls(first|last)(?![^,\s])/y)?.[1];
  take(cursor, /\s*/y);
  return { ok: true, value: { ...operand.value, descending, nullsFirst: nulls ? nulls === 'first' : descending } };
}
