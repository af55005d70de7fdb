import { validation } from '../errors.ts';
import { addNumbers, subtractNumbers } from '../values/number.ts';
import type { AttributeType, AttributeValue, Item } from '../values/types.ts';
import { membersOf, typeOf } from '../values/types.ts';
import type { Path } from './paths.ts';
import { child, valueAt } from './paths.ts';
import type { UpdateAction, UpdateValue } from './update.ts';

/** What an action comes to: a value for a path, or undefined to remove it. */
type Change = { path: Path; value: AttributeValue | undefined };

/** The item with the actions applied. All of them read the item as it was before; it is not modified. */
export function applyUpdate(item: Item, actions: UpdateAction[]): Item {
  const changes = actions.map((action) => changeOf(action, item));
  const sets = changes.filter(({ value }) => value).toSorted((a, b) => comparePaths(a.path, b.path));
  // Removing comes last and backwards, so that every list index means what it meant before the update.
  const removes = changes.filter(({ value }) => !value).toSorted((a, b) => comparePaths(b.path, a.path));
  const root = [...sets, ...removes].reduce<AttributeValue>(
    (value, change) => withChange(value, change.path, change.value),
    { M: item },
  );
  return (root as { M: Item }).M;
}

function changeOf(action: UpdateAction, item: Item): Change {
  const { path } = action;
  switch (action.kind) {
    case 'set':
      return { path, value: evaluate(action.value, item) };
    case 'remove':
      return { path, value: undefined };
    case 'add':
      return { path, value: added(valueAt(item, path), action.value) };
    case 'delete': {
      const current = valueAt(item, path);
      return { path, value: current && withoutMembers(current, action.value) };
    }
  }
}

function evaluate(value: UpdateValue, item: Item): AttributeValue {
  switch (value.kind) {
    case 'value':
      return value.value;
    case 'path':
      return existing(valueAt(item, value.path));
    case 'if_not_exists': {
      const otherwise = evaluate(value.otherwise, item);
      return valueAt(item, value.path) ?? otherwise;
    }
    case 'list_append':
      return { L: [...listOf(evaluate(value.left, item)), ...listOf(evaluate(value.right, item))] };
    case 'plus':
      return { N: addNumbers(numberOf(evaluate(value.left, item)), numberOf(evaluate(value.right, item))) };
    case 'minus':
      return { N: subtractNumbers(numberOf(evaluate(value.left, item)), numberOf(evaluate(value.right, item))) };
  }
}

function added(current: AttributeValue | undefined, operand: AttributeValue): AttributeValue {
  if (!current) return operand;
  if ('N' in operand) return { N: addNumbers(numberOf(current), operand.N) };
  return setOf(typeOf(operand), [
    ...new Set([...membersOfType(current, typeOf(operand)), ...(membersOf(operand) ?? [])]),
  ]);
}

/** The set without the operand's members; undefined when none is left, for there are no empty sets. */
function withoutMembers(current: AttributeValue, operand: AttributeValue): AttributeValue | undefined {
  const removed = new Set(membersOf(operand));
  const left = membersOfType(current, typeOf(operand)).filter((member) => !removed.has(member));
  return left.length > 0 ? setOf(typeOf(operand), left) : undefined;
}

function setOf(type: AttributeType, members: string[]): AttributeValue {
  return { [type]: members } as AttributeValue;
}

/** A copy of `value` with one change at a path inside it. */
function withChange(value: AttributeValue, path: Path, change: AttributeValue | undefined): AttributeValue {
  const [step, ...rest] = path as [string | number, ...Path];
  if (typeof step === 'number' ? !('L' in value) : !('M' in value)) throw invalidPath();
  const inner = child(value, step);
  if (rest.length > 0 && !inner) throw invalidPath();
  return withChild(value, step, rest.length > 0 ? withChange(inner as AttributeValue, rest, change) : change);
}

function withChild(value: AttributeValue, step: string | number, inner: AttributeValue | undefined): AttributeValue {
  if ('L' in value) return { L: withElement(value.L, Number(step), inner) };
  const entries = Object.entries((value as { M: Item }).M).filter(([name]) => inner || name !== step);
  return { M: Object.fromEntries(inner ? [...entries, [step, inner]] : entries) };
}

/** Setting an index past a list's end appends; removing one does nothing. */
function withElement(list: AttributeValue[], index: number, element: AttributeValue | undefined): AttributeValue[] {
  if (!element) return list.filter((_, at) => at !== index);
  return index < list.length ? list.with(index, element) : [...list, element];
}

function comparePaths(left: Path, right: Path): number {
  const at = left.findIndex((step, index) => step !== right[index]);
  const [a, b] = [left[at], right[at]];
  return typeof a === 'number' && typeof b === 'number' ? a - b : 0;
}

function existing(value: AttributeValue | undefined): AttributeValue {
  if (!value) throw validation('The provided expression refers to an attribute that does not exist in the item');
  return value;
}

function numberOf(value: AttributeValue): string {
  if (!('N' in value)) throw wrongType();
  return value.N;
}

function listOf(value: AttributeValue): AttributeValue[] {
  if (!('L' in value)) throw wrongType();
  return value.L;
}

function membersOfType(value: AttributeValue, type: AttributeType): string[] {
  const members = typeOf(value) === type ? membersOf(value) : undefined;
  if (!members) throw wrongType();
  return members;
}

function wrongType(): Error {
  return validation('An operand in the update expression has an incorrect data type');
}

function invalidPath(): Error {
  return validation('The document path provided in the update expression is invalid for update');
}
