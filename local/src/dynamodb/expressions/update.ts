import type { AttributeValue } from '../values/types.ts';
import type { Path } from './paths.ts';

/** The right side of a SET. */
export type UpdateValue =
  | { kind: 'path'; path: Path }
  | { kind: 'value'; value: AttributeValue }
  | { kind: 'if_not_exists'; path: Path; otherwise: UpdateValue }
  | { kind: 'list_append'; left: UpdateValue; right: UpdateValue }
  | { kind: 'plus' | 'minus'; left: UpdateValue; right: UpdateValue };

export type UpdateAction =
  | { kind: 'set'; path: Path; value: UpdateValue }
  | { kind: 'remove'; path: Path }
  | { kind: 'add' | 'delete'; path: Path; value: AttributeValue };
