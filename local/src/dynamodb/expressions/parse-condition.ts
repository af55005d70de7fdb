import type { Comparator, Condition, Operand } from './condition.ts';
import { isOperand } from './condition.ts';
import { checkBetween, checkDistinct, checkOrdered } from './check-operands.ts';
import { parseFunction } from './parse-function.ts';
import type { Placeholders } from './placeholders.ts';
import type { Reader } from './reader.ts';
import { openReader } from './reader.ts';

// Parentheses may surround a condition or an operand, and which it is shows only inside. So both are parsed by the same
// descent, and each place then insists on the one it needs.
type Node = Condition | Operand;

/** What stood directly inside parentheses. */
const parenthesised = new WeakSet<Node>();

const COMPARATORS: readonly Comparator[] = ['=', '<>', '<=', '<', '>=', '>'];

/** Parses a condition; `label` names the expression in errors. */
export function parseCondition(label: string, expression: string, placeholders: Placeholders): Condition {
  const reader = openReader(label, expression, placeholders);
  const condition = asCondition(reader, parseOr(reader));
  reader.expectEnd();
  return condition;
}

function parseOr(reader: Reader): Node {
  let left = parseAnd(reader);
  while (reader.keyword('OR'))
    left = { kind: 'or', left: asCondition(reader, left), right: asCondition(reader, parseAnd(reader)) };
  return left;
}

function parseAnd(reader: Reader): Node {
  let left = parseNot(reader);
  while (reader.keyword('AND'))
    left = { kind: 'and', left: asCondition(reader, left), right: asCondition(reader, parseNot(reader)) };
  return left;
}

function parseNot(reader: Reader): Node {
  if (!reader.keyword('NOT')) return parseComparison(reader);
  return {
    kind: 'not',
    condition: asCondition(
      reader,
      reader.nested(() => parseNot(reader)),
    ),
  };
}

function parseComparison(reader: Reader): Node {
  const left = parsePrimary(reader);
  if (!isOperand(left)) return left;
  const operator = COMPARATORS.find((symbol) => reader.symbol(symbol));
  if (operator) return compare(reader, operator, left, parseOperand(reader));
  if (reader.keyword('BETWEEN')) return between(reader, left);
  if (reader.keyword('IN')) return oneOf(reader, left);
  return left;
}

function parsePrimary(reader: Reader): Node {
  if (reader.symbol('(')) return parseParentheses(reader);
  if (reader.atFunction()) return parseFunction(reader, () => parseOperand(reader));
  if (reader.peek().kind === 'value') return { kind: 'value', value: reader.value() };
  return { kind: 'path', path: reader.path() };
}

function parseParentheses(reader: Reader): Node {
  const node = reader.nested(() => parseOr(reader));
  reader.expectSymbol(')');
  if (parenthesised.has(node)) throw reader.error('The expression has redundant parentheses;');
  parenthesised.add(node);
  return node;
}

function parseOperand(reader: Reader): Operand {
  return asOperand(reader, parsePrimary(reader));
}

function compare(reader: Reader, operator: Comparator, left: Operand, right: Operand): Condition {
  checkDistinct(reader, operator, left, [right]);
  if (operator !== '=' && operator !== '<>') checkOrdered(reader, operator, [left, right]);
  return { kind: 'compare', operator, left, right };
}

function between(reader: Reader, operand: Operand): Condition {
  const low = parseOperand(reader);
  reader.expectKeyword('AND');
  const high = parseOperand(reader);
  checkOrdered(reader, 'BETWEEN', [operand, low, high]);
  checkBetween(reader, low, high);
  return { kind: 'between', operand, low, high };
}

function oneOf(reader: Reader, operand: Operand): Condition {
  reader.expectSymbol('(');
  const options = reader.commaList(() => parseOperand(reader));
  reader.expectSymbol(')');
  checkDistinct(reader, 'IN', operand, options);
  return { kind: 'in', operand, options };
}

function asCondition(reader: Reader, node: Node): Condition {
  if (isOperand(node)) throw node.kind === 'size' ? misused(reader, 'size') : reader.syntaxError();
  return node;
}

function asOperand(reader: Reader, node: Node): Operand {
  if (!isOperand(node)) throw misused(reader, node.kind);
  return node;
}

function misused(reader: Reader, name: string): Error {
  return reader.error(`The function is not allowed to be used this way in an expression; function: ${name}`);
}
