import type { AttributeType } from '../values/types.ts';
import { typeOf } from '../values/types.ts';
import { refuseOverlaps } from './paths.ts';
import { checkArity, isConditionFunction, pathRequired, readArguments } from './parse-function.ts';
import type { Placeholders } from './placeholders.ts';
import type { Reader } from './reader.ts';
import { openReader } from './reader.ts';
import type { UpdateAction, UpdateValue } from './update.ts';

const SECTIONS = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;
type Section = (typeof SECTIONS)[number];

/** Names of types as DynamoDB spells them when an ADD or DELETE gets the wrong one. */
const LONG_NAMES: Record<AttributeType, string> = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  BOOL: 'BOOLEAN',
  NULL: 'NULL',
  SS: 'STRING_SET',
  NS: 'NUMBER_SET',
  BS: 'BINARY_SET',
  L: 'LIST',
  M: 'MAP',
};

/** Parses an UpdateExpression into its actions. */
export function parseUpdate(expression: string, placeholders: Placeholders): UpdateAction[] {
  const reader = openReader('UpdateExpression', expression, placeholders);
  const seen = new Set<Section>();
  const actions: UpdateAction[] = [];
  while (reader.peek().kind !== 'end' || seen.size === 0) {
    const section = SECTIONS.find((word) => reader.keyword(word));
    if (!section) throw reader.syntaxError();
    if (seen.has(section))
      throw reader.error(`The "${section}" section can only be used once in an update expression;`);
    seen.add(section);
    actions.push(...reader.commaList(() => parseAction(reader, section)));
  }
  refuseOverlaps(
    actions.map((action) => action.path),
    reader.error,
  );
  return actions;
}

function parseAction(reader: Reader, section: Section): UpdateAction {
  const path = reader.path();
  switch (section) {
    case 'SET':
      reader.expectSymbol('=');
      return { kind: 'set', path, value: parseSum(reader) };
    case 'REMOVE':
      return { kind: 'remove', path };
    case 'ADD':
      return { kind: 'add', path, value: parseOperandValue(reader, section, ['N', 'SS', 'NS', 'BS']) };
    case 'DELETE':
      return { kind: 'delete', path, value: parseOperandValue(reader, section, ['SS', 'NS', 'BS']) };
  }
}

function parseOperandValue(reader: Reader, section: Section, allowed: AttributeType[]): ReturnType<Reader['value']> {
  const value = reader.value();
  if (!allowed.includes(typeOf(value)))
    throw reader.error(
      `Incorrect operand type for operator or function; operator: ${section}, ` +
        `operand type: ${LONG_NAMES[typeOf(value)]}, typeSet: ALLOWED_FOR_${section}_OPERAND`,
    );
  return value;
}

function parseSum(reader: Reader): UpdateValue {
  const left = parseTerm(reader);
  const symbol = ['+', '-'].find((sign) => reader.symbol(sign));
  if (!symbol) return left;
  const right = parseTerm(reader);
  for (const side of [left, right]) checkValueType(reader, symbol, side, 'N');
  return { kind: symbol === '+' ? 'plus' : 'minus', left, right };
}

function parseTerm(reader: Reader): UpdateValue {
  if (reader.symbol('(')) {
    const value = reader.nested(() => parseSum(reader));
    reader.expectSymbol(')');
    return value;
  }
  if (reader.atFunction()) return reader.nested(() => parseUpdateFunction(reader));
  if (reader.peek().kind === 'value') return { kind: 'value', value: reader.value() };
  return { kind: 'path', path: reader.path() };
}

function parseUpdateFunction(reader: Reader): UpdateValue {
  const name = reader.next().text;
  if (isConditionFunction(name))
    throw reader.error(`The function is not allowed in an update expression; function: ${name}`);
  if (name !== 'if_not_exists' && name !== 'list_append')
    throw reader.error(`Invalid function name; function: ${name}`);
  const operands = readArguments(reader, () => parseTerm(reader));
  checkArity(reader, name, operands.length, 2);
  const [left, right] = operands as [UpdateValue, UpdateValue];
  if (name === 'if_not_exists') return ifNotExists(reader, left, right);
  for (const side of operands) checkValueType(reader, name, side, 'L');
  return { kind: 'list_append', left, right };
}

function ifNotExists(reader: Reader, path: UpdateValue, otherwise: UpdateValue): UpdateValue {
  if (path.kind !== 'path') throw pathRequired(reader, 'if_not_exists');
  return { kind: 'if_not_exists', path: path.path, otherwise };
}

function checkValueType(reader: Reader, name: string, operand: UpdateValue, wanted: AttributeType): void {
  if (operand.kind === 'value' && typeOf(operand.value) !== wanted)
    throw reader.error(
      'Incorrect operand type for operator or function; ' +
        `operator or function: ${name}, operand type: ${typeOf(operand.value)}`,
    );
}
