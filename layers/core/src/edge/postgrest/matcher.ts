import { readPath } from './json.ts';
import type { Test, Truth } from './operator-test.ts';
import { operatorTest } from './operator-test.ts';
import type { Result } from './problem.ts';
import { collect, refuse } from './problem.ts';
import type { ColumnType, Comparison, Operand, Operator, Row } from './query.ts';

const everyType: readonly ColumnType[] = ['text', 'timestamptz', 'integer', 'boolean', 'json', 'text[]'];

const typesOf: Readonly<Record<Operator, readonly ColumnType[]>> = {
  eq: everyType,
  neq: everyType,
  gt: everyType,
  gte: everyType,
  lt: everyType,
  lte: everyType,
  in: everyType,
  is: everyType,
  isdistinct: everyType,
  like: ['text'],
  ilike: ['text'],
  match: ['text'],
  imatch: ['text'],
  fts: ['text', 'json'],
  plfts: ['text', 'json'],
  phfts: ['text', 'json'],
  wfts: ['text', 'json'],
  cs: ['json', 'text[]'],
  cd: ['json', 'text[]'],
  ov: ['text[]'],
  // Operators of range types, which no table here has.
  sl: [],
  sr: [],
  nxr: [],
  nxl: [],
  adj: [],
};

/** What a comparison means for a row, or why its operator, type and values do not go together. */
export function matcherOf(comparison: Comparison): Result<(row: Row) => Truth> {
  const { operand, operator } = comparison;
  if (!typesOf[operator].includes(operand.type)) return refuseOperator(comparison);
  if (operator === 'is') return isMatcher(comparison);
  const tests = collect(comparison.values, (value) => operatorTest(operator, operand, value));
  if (!tests.ok) return tests;
  if (operator === 'in' && tests.value.length === 0) return { ok: true, value: () => false };
  const test = combine(tests.value, comparison.quantifier ?? 'any');
  const whenNull = operator === 'isdistinct' ? true : null;
  return { ok: true, value: (row) => applyTest(test, readOperand(row, operand), whenNull) };
}

/** The value an operand finds in a row; undefined is SQL's null. */
export function readOperand(row: Row, { column, path, type }: Operand): unknown {
  const value = row[column] ?? undefined;
  if (path.length === 0 || value === undefined) return value;
  const found = readPath(value, path);
  return found === null && type === 'text' ? undefined : found;
}

function applyTest(test: Test, value: unknown, whenNull: Truth): Truth {
  return value === undefined ? whenNull : test(value);
}

function combine(tests: readonly Test[], quantifier: 'any' | 'all'): Test {
  const [only] = tests;
  if (only && tests.length === 1) return only;
  const deciding = quantifier === 'any';
  return (value) => {
    const truths = tests.map((test) => test(value));
    if (truths.includes(deciding)) return deciding;
    return truths.includes(null) ? null : !deciding;
  };
}

function isMatcher({ operand, values: [wanted] }: Comparison): Result<(row: Row) => Truth> {
  if (wanted === 'null' || wanted === 'not_null') {
    return { ok: true, value: (row) => (readOperand(row, operand) === undefined) === (wanted === 'null') };
  }
  if (operand.type !== 'boolean') {
    return refuse('42804', `argument of IS ${wanted?.toUpperCase()} must be type boolean, not type ${operand.type}`, {
      details: `"${operand.column}" allows is.null and is.not_null.`,
    });
  }
  const expected = { true: true, false: false }[wanted ?? ''];
  return { ok: true, value: (row) => readOperand(row, operand) === expected };
}

function refuseOperator({ operand, operator }: Comparison): Result<never> {
  const usable = Object.entries(typesOf).filter(([, types]) => types.includes(operand.type));
  return refuse('42883', `operator does not exist: ${operand.type} ${operator}`, {
    details: `"${operand.column}" is compared as ${operand.type}.`,
    hint: `Operators for ${operand.type}: ${usable.map(([name]) => name).join(', ')}.`,
  });
}
