import { compareValues } from '../values/compare.ts';
import type { AttributeType, AttributeValue } from '../values/types.ts';
import { membersOf, typeOf } from '../values/types.ts';
import type { Operand } from './condition.ts';
import { formatPath, samePath } from './paths.ts';
import type { Reader } from './reader.ts';

// What can be refused before any item is read: the types of values written into the request.

const ORDERED: readonly AttributeType[] = ['S', 'N', 'B'];

/** The type an operand is known to have: a value's own, N for a size, unknown for a path. */
function knownType(operand: Operand): AttributeType | undefined {
  if (operand.kind === 'value') return typeOf(operand.value);
  return operand.kind === 'size' ? 'N' : undefined;
}

export function checkType(reader: Reader, name: string, operand: Operand, allowed: readonly AttributeType[]): void {
  const type = knownType(operand);
  if (type && !allowed.includes(type))
    throw reader.error(
      `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`,
    );
}

/** Only strings, numbers and binary values have an order. */
export function checkOrdered(reader: Reader, name: string, operands: Operand[]): void {
  for (const operand of operands) checkType(reader, name, operand, ORDERED);
}

/** A path compared with itself is a mistake. */
export function checkDistinct(reader: Reader, name: string, first: Operand, others: Operand[]): void {
  if (first.kind !== 'path') return;
  if (others.some((other) => other.kind === 'path' && samePath(first.path, other.path)))
    throw reader.error(
      'The first operand must be distinct from the remaining operands for this operator or function; ' +
        `operator: ${name}, first operand: ${formatPath(first.path)}`,
    );
}

export function checkBetween(reader: Reader, low: Operand, high: Operand): void {
  if (low.kind !== 'value' || high.kind !== 'value') return;
  const order = compareValues(low.value, high.value);
  if (order !== undefined && order <= 0) return;
  const rule =
    order === undefined
      ? 'same data type for lower and upper bounds'
      : 'upper bound to be greater than or equal to lower bound';
  throw reader.error(
    `The BETWEEN operator requires ${rule}; lower bound operand: AttributeValue: ${formatValue(low.value)}, ` +
      `upper bound operand: AttributeValue: ${formatValue(high.value)}`,
  );
}

function formatValue(value: AttributeValue): string {
  return `{${typeOf(value)}:${String(membersOf(value) ?? Object.values(value)[0])}}`;
}
