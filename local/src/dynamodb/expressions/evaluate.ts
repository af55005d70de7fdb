import { compareValues, sameValue } from '../values/compare.ts';
import type { AttributeValue, Item } from '../values/types.ts';
import { membersOf, typeOf } from '../values/types.ts';
import type { Comparator, Condition, Operand } from './condition.ts';
import { valueAt } from './paths.ts';

/** Whether a condition holds for an item. A missing item has no attributes. */
export function holds(condition: Condition, item: Item): boolean {
  switch (condition.kind) {
    case 'and':
      return holds(condition.left, item) && holds(condition.right, item);
    case 'or':
      return holds(condition.left, item) || holds(condition.right, item);
    case 'not':
      return !holds(condition.condition, item);
    case 'compare':
      return compares(condition.operator, resolve(condition.left, item), resolve(condition.right, item));
    case 'between':
      return isBetween(resolve(condition.operand, item), resolve(condition.low, item), resolve(condition.high, item));
    case 'in':
      return isOneOf(resolve(condition.operand, item), condition.options, item);
    case 'exists':
      return (valueAt(item, condition.path) !== undefined) === condition.expected;
    case 'type':
      return hasType(resolve(condition.operand, item), condition.type);
    case 'contains':
      return contains(resolve(condition.container, item), resolve(condition.element, item));
    case 'begins_with':
      return beginsWith(resolve(condition.operand, item), resolve(condition.prefix, item));
  }
}

type Value = AttributeValue | undefined;

function resolve(operand: Operand, item: Item): Value {
  if (operand.kind === 'value') return operand.value;
  if (operand.kind === 'path') return valueAt(item, operand.path);
  const size = sizeOf(resolve(operand.of, item));
  return size === undefined ? undefined : { N: String(size) };
}

/** Values of different types are different and have no order, and so is a missing one. */
function compares(operator: Comparator, left: Value, right: Value): boolean {
  if (operator === '=') return left !== undefined && right !== undefined && sameValue(left, right);
  if (operator === '<>') return left === undefined || right === undefined || !sameValue(left, right);
  const order = left && right && compareValues(left, right);
  if (order === undefined) return false;
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

function isBetween(value: Value, low: Value, high: Value): boolean {
  return compares('>=', value, low) && compares('<=', value, high);
}

function isOneOf(value: Value, options: Operand[], item: Item): boolean {
  return options.some((option) => compares('=', value, resolve(option, item)));
}

function hasType(value: Value, type: string): boolean {
  return value !== undefined && typeOf(value) === type;
}

function contains(container: Value, element: Value): boolean {
  if (!container || !element) return false;
  if ('L' in container) return container.L.some((member) => sameValue(member, element));
  const members = membersOf(container);
  if (members)
    return typeOf(container) === `${typeOf(element)}S` && members.includes(String(Object.values(element)[0]));
  if ('S' in container && 'S' in element) return container.S.includes(element.S);
  return 'B' in container && 'B' in element && bytes(container.B).includes(bytes(element.B));
}

function beginsWith(value: Value, prefix: Value): boolean {
  if (!value || !prefix) return false;
  if ('S' in value && 'S' in prefix) return value.S.startsWith(prefix.S);
  if (!('B' in value && 'B' in prefix)) return false;
  const start = bytes(prefix.B);
  return bytes(value.B).subarray(0, start.length).equals(start);
}

/** What size() counts: characters, bytes, members, elements or entries. Other types have no size. */
function sizeOf(value: Value): number | undefined {
  if (!value) return undefined;
  if ('S' in value) return value.S.length;
  if ('B' in value) return Buffer.byteLength(value.B, 'base64');
  if ('L' in value) return value.L.length;
  if ('M' in value) return Object.keys(value.M).length;
  return membersOf(value)?.length;
}

function bytes(base64: string): Buffer {
  return Buffer.from(base64, 'base64');
}
