import type { AttributeType } from '../values/types.ts';
import { ATTRIBUTE_TYPES } from '../values/types.ts';
import { checkDistinct, checkType } from './check-operands.ts';
import type { Condition, Operand } from './condition.ts';
import type { Path } from './paths.ts';
import type { Reader } from './reader.ts';

type Builder = (reader: Reader, name: string, operands: Operand[]) => Condition | Operand;

const SIZED: readonly AttributeType[] = ['S', 'B', 'SS', 'NS', 'BS', 'L', 'M', 'BOOL', 'NULL'];

const FUNCTIONS: Record<string, { arity: number; build: Builder }> = {
  attribute_exists: { arity: 1, build: (...call) => ({ kind: 'exists', path: onlyPath(...call), expected: true }) },
  attribute_not_exists: {
    arity: 1,
    build: (...call) => ({ kind: 'exists', path: onlyPath(...call), expected: false }),
  },
  attribute_type: { arity: 2, build: attributeType },
  begins_with: { arity: 2, build: beginsWith },
  contains: { arity: 2, build: contains },
  size: { arity: 1, build: size },
};

const UPDATE_FUNCTIONS: readonly string[] = ['if_not_exists', 'list_append'];

/** Parses a function of a condition; the reader stands at its name. Names are case-sensitive. */
export function parseFunction(reader: Reader, parseOperand: () => Operand): Condition | Operand {
  const name = reader.next().text;
  const definition = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (!definition) throw unknownFunction(reader, name);
  const operands = reader.nested(() => readArguments(reader, parseOperand));
  checkArity(reader, name, operands.length, definition.arity);
  return definition.build(reader, name, operands);
}

/** A function's arguments in their parentheses. */
export function readArguments<T>(reader: Reader, parseOperand: () => T): T[] {
  reader.expectSymbol('(');
  const operands = reader.commaList(parseOperand);
  reader.expectSymbol(')');
  return operands;
}

export function checkArity(reader: Reader, name: string, given: number, wanted: number): void {
  if (given !== wanted)
    throw reader.error(
      'Incorrect number of operands for operator or function; ' +
        `operator or function: ${name}, number of operands: ${given}`,
    );
}

export function pathRequired(reader: Reader, name: string): Error {
  return reader.error(`Operator or function requires a document path; operator or function: ${name}`);
}

/** The error for a function that is unknown, or known but meant for the other kind of expression. */
function unknownFunction(reader: Reader, name: string): Error {
  return UPDATE_FUNCTIONS.includes(name)
    ? reader.error(`The function is not allowed in a condition expression; function: ${name}`)
    : reader.error(`Invalid function name; function: ${name}`);
}

export function isConditionFunction(name: string): boolean {
  return Object.hasOwn(FUNCTIONS, name);
}

function onlyPath(reader: Reader, name: string, [operand]: Operand[]): Path {
  if (operand?.kind !== 'path') throw pathRequired(reader, name);
  return operand.path;
}

function attributeType(reader: Reader, name: string, operands: Operand[]): Condition {
  const [operand, type] = operands as [Operand, Operand];
  checkType(reader, name, type, ['S']);
  if (type.kind !== 'value' || !('S' in type.value)) throw reader.error(`The type given to ${name} must be a value`);
  const wanted = ATTRIBUTE_TYPES.find((known) => 'S' in type.value && known === type.value.S);
  if (!wanted)
    throw reader.error(
      `Invalid attribute type name found; type: ${type.value.S}, valid types: {${ATTRIBUTE_TYPES.join(',')}}`,
    );
  return { kind: 'type', operand, type: wanted };
}

function beginsWith(reader: Reader, name: string, operands: Operand[]): Condition {
  const [operand, prefix] = operands as [Operand, Operand];
  for (const each of operands) checkType(reader, name, each, ['S', 'B']);
  checkDistinct(reader, name, operand, [prefix]);
  return { kind: 'begins_with', operand, prefix };
}

function contains(reader: Reader, name: string, operands: Operand[]): Condition {
  const [container, element] = operands as [Operand, Operand];
  checkDistinct(reader, name, container, [element]);
  return { kind: 'contains', container, element };
}

function size(reader: Reader, name: string, operands: Operand[]): Operand {
  const [of] = operands as [Operand];
  checkType(reader, name, of, SIZED);
  return { kind: 'size', of };
}
