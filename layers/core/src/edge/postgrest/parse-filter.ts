import type { Cursor } from './cursor.ts';
import { atEnd, cursorOn, take, takeList, takeListValue } from './cursor.ts';
import { parseArrayLiteral } from './array-literal.ts';
import { matcherOf } from './matcher.ts';
import { place, takeOperand } from './parse-operand.ts';
import type { Result } from './problem.ts';
import { refuse, unreadable } from './problem.ts';
import type { Comparison, Filter, Operand, Operator, TableSchema } from './query.ts';
import { operators } from './query.ts';

type Values = Pick<Comparison, 'values' | 'quantifier'>;

const quantified: readonly Operator[] = ['eq', 'gt', 'gte', 'lt', 'lte', 'like', 'ilike', 'match', 'imatch'];
const languages: readonly Operator[] = ['fts', 'plfts', 'phfts', 'wfts'];
const startsWithOperator = new RegExp(`^(?:not\\.|(?:${operators.join('|')})(?:\\(\\w*\\))?\\.)`);

/** Reads one `column=value` of the query string. */
export function parseFilter(key: string, value: string, table: TableSchema): Result<Filter> {
  const operand = parseKey(key, table);
  if (!operand.ok) return operand;
  if (!startsWithOperator.test(value)) return parseBare(key, operand.value, value, table);
  const cursor = cursorOn(value);
  const filter = takeCondition(cursor, operand.value, takeRest);
  if (!filter.ok || atEnd(cursor)) return filter;
  return unreadable('filter', value, `"${key}" ends too late: nothing is expected ${place(cursor)}.`);
}

/** Reads a condition inside `or=(…)` or `and=(…)`, after its column: `.eq.x`, `.not.in.(a,b)`. */
export function takeItemCondition(cursor: Cursor, operand: Operand): Result<Filter> {
  if (!take(cursor, /\./y)) return unreadable('logic tree', cursor.text, `"." is expected ${place(cursor)}.`);
  return takeCondition(cursor, operand, (from) => takeArray(from) ?? takeListValue(from));
}

function parseKey(key: string, table: TableSchema): Result<Operand> {
  const embedded = /^([^".>]*)\./.exec(key)?.[1];
  if (embedded !== undefined) {
    return refuse('PGRST108', `'${embedded}' is not an embedded resource in this request`, {
      details: `"${key}" has a dot; ${table.name} embeds no other table.`,
    });
  }
  const cursor = cursorOn(key);
  const operand = takeOperand(cursor, table, 'column');
  if (!operand.ok || atEnd(cursor)) return operand;
  return unreadable('column', key, `Nothing is expected ${place(cursor)}.`);
}

function parseBare(key: string, operand: Operand, value: string, table: TableSchema): Result<Filter> {
  if (operand.path.length > 0 || !table.bareFilters.includes(operand.column)) {
    return refuse('PGRST100', `failed to parse filter (${value.slice(0, 100)})`, {
      details: `"${key}" needs an operator before its value, such as ${key}=eq.${value.slice(0, 100)}`,
      hint: `Operators: ${operators.join(', ')}, not. Without one, eq is meant by: ${table.bareFilters.join(', ')}.`,
    });
  }
  return checked({ kind: 'comparison', operand, operator: 'eq', values: [value] });
}

function takeCondition(cursor: Cursor, operand: Operand, takeValue: (cursor: Cursor) => string): Result<Filter> {
  const negated = take(cursor, /not\./y) !== undefined;
  const [, name, option] = take(cursor, /([a-z]+)(?:\((\w+)\))?\./y) ?? [];
  const operator = operators.find((known) => known === name);
  if (!operator) return unknownOperator(cursor, operand);
  const values = takeValues(cursor, operand, operator, option, takeValue);
  if (!values.ok) return values;
  const filter = checked({ kind: 'comparison', operand, operator, ...values.value });
  return filter.ok && negated ? { ok: true, value: { kind: 'not', filter: filter.value } } : filter;
}

function takeValues(
  cursor: Cursor,
  operand: Operand,
  operator: Operator,
  option: string | undefined,
  takeValue: (cursor: Cursor) => string,
): Result<Values> {
  if (option !== undefined && !languages.includes(operator)) {
    return takeQuantified(cursor, operand, operator, option, takeValue);
  }
  if (operator === 'in') return takeInList(cursor, operand);
  if (operator === 'is') return takeIs(cursor, operand);
  return { ok: true, value: { values: [takeValue(cursor)] } };
}

function takeQuantified(
  cursor: Cursor,
  operand: Operand,
  operator: Operator,
  quantifier: string,
  takeValue: (cursor: Cursor) => string,
): Result<Values> {
  if ((quantifier !== 'any' && quantifier !== 'all') || !quantified.includes(operator)) {
    return unreadable('filter', cursor.text, `(any) and (all) may follow ${quantified.join(', ')}.`);
  }
  const values = parseArrayLiteral(takeValue(cursor))?.filter((value) => value !== null);
  if (values && values.length > 0) return { ok: true, value: { values, quantifier } };
  return unreadable(
    'filter',
    cursor.text,
    `"${operand.column}" needs values in braces: ${operator}(${quantifier}).{a,b}`,
  );
}

function takeInList(cursor: Cursor, { column }: Operand): Result<Values> {
  const values = takeList(cursor);
  if (values) return { ok: true, value: { values } };
  return unreadable('filter', cursor.text, `"in" takes a list in parentheses: ${column}=in.(a,b)`);
}

function takeIs(cursor: Cursor, { column }: Operand): Result<Values> {
  const word = take(cursor, /(?:not_null|null|true|false|unknown)(?![^\s,)])\s*/iy)?.[0].trim();
  if (word !== undefined) return { ok: true, value: { values: [word.toLowerCase()] } };
  return unreadable('filter', cursor.text, `"is" takes null, not_null, true, false or unknown: ${column}=is.null`);
}

function checked(comparison: Comparison): Result<Filter> {
  const matcher = matcherOf(comparison);
  return matcher.ok ? { ok: true, value: comparison } : matcher;
}

function unknownOperator(cursor: Cursor, { column }: Operand): Result<never> {
  return unreadable(
    'filter',
    cursor.text,
    `"${column}" needs an operator (${operators.join(', ')}, not) ${place(cursor)}.`,
  );
}

function takeRest(cursor: Cursor): string {
  return take(cursor, /[^]*/y)?.[0] ?? '';
}

function takeArray(cursor: Cursor): string | undefined {
  return take(cursor, /\{[^{}]*\}/y)?.[0];
}
