import type { DynamoDbError } from '../errors.ts';
import { invalidParameter, validation } from '../errors.ts';
import type { ByteRange } from '../storage/walk.ts';
import { EVERYTHING } from '../storage/walk.ts';
import type { KeyAttribute, Keys } from '../tables/table.ts';
import { AFTER_ALL, BEFORE_ALL, afterPrefix, encodePartitionKey, encodeSortKey, justAfter } from '../values/order.ts';
import type { AttributeValue } from '../values/types.ts';
import { typeOf } from '../values/types.ts';
import type { Comparator, Condition, Operand } from './condition.ts';
import { parseCondition } from './parse-condition.ts';
import type { Placeholders } from './placeholders.ts';

/** Where a Query reads: one partition, and a range of its sort keys. */
export type KeyRange = { hash: Uint8Array; range: ByteRange };

type Operator = Comparator | 'BETWEEN' | 'begins_with';
type KeyTest = { name: string; operator: Operator; values: AttributeValue[] };

const LABEL = 'KeyConditionExpression';
const FLIPPED: Record<Comparator, Comparator> = { '=': '=', '<>': '<>', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/** Parses a KeyConditionExpression for the keys of a table or index. */
export function parseKeyCondition(expression: string, placeholders: Placeholders, keys: Keys): KeyRange {
  const tests = conjuncts(parseCondition(LABEL, expression, placeholders)).map(keyTest);
  if (tests.length > 2) throw validation('Conditions can be of length 1 or 2 only');
  const [first, second] = tests;
  if (second && first?.name === second.name)
    throw validation('KeyConditionExpressions must only contain one condition per key');
  const hash = tests.find((test) => test.name === keys.hash.name);
  if (!hash) throw validation(`Query condition missed key schema element: ${keys.hash.name}`);
  if (hash.operator !== '=') throw unsupported();
  const other = tests.find((test) => test !== hash);
  return { hash: encodePartitionKey(keyValue(keys.hash, hash)), range: other ? sortRange(keys, other) : EVERYTHING };
}

function conjuncts(condition: Condition): Condition[] {
  return condition.kind === 'and' ? [...conjuncts(condition.left), ...conjuncts(condition.right)] : [condition];
}

function keyTest(condition: Condition): KeyTest {
  switch (condition.kind) {
    case 'compare':
      return comparison(condition.operator, condition.left, condition.right);
    case 'between':
      return named('BETWEEN', condition.operand, [condition.low, condition.high]);
    case 'begins_with':
      return named('begins_with', condition.operand, [condition.prefix]);
    case 'exists':
      throw invalidOperator(condition.expected ? 'attribute_exists' : 'attribute_not_exists');
    case 'type':
      throw invalidOperator('attribute_type');
    case 'and':
    case 'or':
    case 'not':
    case 'in':
    case 'contains':
      throw invalidOperator(condition.kind === 'contains' ? 'contains' : condition.kind.toUpperCase());
  }
}

function comparison(operator: Comparator, left: Operand, right: Operand): KeyTest {
  if (operator === '<>') throw invalidOperator(operator);
  return left.kind === 'value' ? named(FLIPPED[operator], right, [left]) : named(operator, left, [right]);
}

function named(operator: Operator, key: Operand, operands: Operand[]): KeyTest {
  if (key.kind === 'size' || operands.some((operand) => operand.kind === 'size'))
    throw validation('KeyConditionExpressions cannot contain nested operations');
  if (key.kind !== 'path') throw validation(`Invalid condition in ${LABEL}: No key attribute specified`);
  if (key.path.length > 1)
    throw validation(
      "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: " +
        `Key: ${key.path[0]}`,
    );
  return { name: String(key.path[0]), operator, values: operands.map(valueOf) };
}

function valueOf(operand: Operand): AttributeValue {
  if (operand.kind === 'value') return operand.value;
  throw validation(`Invalid condition in ${LABEL}: Multiple attribute names used in one condition`);
}

function sortRange(keys: Keys, test: KeyTest): ByteRange {
  const key = keys.range;
  if (key?.name !== test.name)
    throw key ? validation(`Query condition missed key schema element: ${key.name}`) : unsupported();
  if (test.operator === 'begins_with' && key.type === 'N') throw unsupported();
  const value = encodeSortKey(keyValue(key, test));
  switch (test.operator) {
    case '=':
      return { from: value, to: justAfter(value) };
    case '<':
      return { from: BEFORE_ALL, to: value };
    case '<=':
      return { from: BEFORE_ALL, to: justAfter(value) };
    case '>':
      return { from: justAfter(value), to: AFTER_ALL };
    case '>=':
      return { from: value, to: AFTER_ALL };
    case 'BETWEEN':
      return { from: value, to: justAfter(encodeSortKey(test.values[1] as AttributeValue)) };
    case 'begins_with':
      return { from: value, to: afterPrefix(value) };
    case '<>':
      throw unsupported();
  }
}

/** The first value of a test, once all its values have the key's type and content. */
function keyValue(key: KeyAttribute, test: KeyTest): AttributeValue {
  for (const value of test.values) {
    if (typeOf(value) !== key.type) throw invalidParameter('Condition parameter type does not match schema type');
    if (('S' in value && value.S === '') || ('B' in value && value.B === ''))
      throw validation(
        'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ' +
          `${'S' in value ? 'string' : 'binary'} value. Key: ${key.name}`,
      );
  }
  return test.values[0] as AttributeValue;
}

function invalidOperator(operator: string): DynamoDbError {
  return validation(`Invalid operator used in ${LABEL}: ${operator}`);
}

function unsupported(): DynamoDbError {
  return validation('Query key condition not supported');
}
