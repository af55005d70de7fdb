import type { AttributeType, AttributeValue } from '../values/types.ts';
import type { Path } from './paths.ts';

export type Operand =
  | { kind: 'path'; path: Path }
  | { kind: 'value'; value: AttributeValue }
  | { kind: 'size'; of: Operand };

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** A parsed ConditionExpression, FilterExpression or KeyConditionExpression. */
export type Condition =
  | { kind: 'and' | 'or'; left: Condition; right: Condition }
  | { kind: 'not'; condition: Condition }
  | { kind: 'compare'; operator: Comparator; left: Operand; right: Operand }
  | { kind: 'between'; operand: Operand; low: Operand; high: Operand }
  | { kind: 'in'; operand: Operand; options: Operand[] }
  | { kind: 'exists'; path: Path; expected: boolean }
  | { kind: 'type'; operand: Operand; type: AttributeType }
  | { kind: 'contains'; container: Operand; element: Operand }
  | { kind: 'begins_with'; operand: Operand; prefix: Operand };

const OPERAND_KINDS: ReadonlySet<string> = new Set(['path', 'value', 'size']);

export function isOperand(node: Condition | Operand): node is Operand {
  return OPERAND_KINDS.has(node.kind);
}

/** Every document path a condition mentions. */
export function pathsOf(node: Condition | Operand): Path[] {
  switch (node.kind) {
    case 'path':
    case 'exists':
      return [node.path];
    case 'value':
      return [];
    case 'size':
      return pathsOf(node.of);
    case 'and':
    case 'or':
    case 'compare':
      return [...pathsOf(node.left), ...pathsOf(node.right)];
    case 'not':
      return pathsOf(node.condition);
    case 'between':
      return [node.operand, node.low, node.high].flatMap(pathsOf);
    case 'in':
      return [node.operand, ...node.options].flatMap(pathsOf);
    case 'type':
      return pathsOf(node.operand);
    case 'contains':
      return [node.container, node.element].flatMap(pathsOf);
    case 'begins_with':
      return [node.operand, node.prefix].flatMap(pathsOf);
  }
}
