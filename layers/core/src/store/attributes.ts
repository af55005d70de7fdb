import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** An item as plain JavaScript values. */
export type Item = Record<string, unknown>;

/** An item as DynamoDB's JSON has it. */
export type Attributes = Record<string, AttributeValue>;

/**
 * A plain value as DynamoDB has it. What is undefined is left out. A Set holds strings. The SDK's own marshaller also
 * knows bytes, class instances and numbers of its own, which no item of ours holds, and is a tenth of what a webhook may load.
 */
export function toAttribute(value: unknown): AttributeValue {
  switch (typeof value) {
    case 'string':
      return { S: value };
    case 'boolean':
      return { BOOL: value };
    case 'number':
      return isNumeral(value) ? { N: String(value) } : { S: String(value) };
    case 'object':
      if (value === null) return { NULL: true };
      if (value instanceof Set) return { SS: [...(value as Set<string>)] };
      return Array.isArray(value) ? { L: value.map(toAttribute) } : { M: toAttributes(value) };
    default:
      throw new TypeError(`DynamoDB has no ${typeof value}`);
  }
}

export function toAttributes(item: object): Attributes {
  const known = Object.entries(item).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known.map(([name, value]) => [name, toAttribute(value)]));
}

export function fromAttribute(attribute: AttributeValue): unknown {
  if (attribute.S !== undefined) return attribute.S;
  if (attribute.N !== undefined) return Number(attribute.N);
  if (attribute.M) return fromAttributes(attribute.M);
  if (attribute.L) return attribute.L.map(fromAttribute);
  if (attribute.SS) return new Set(attribute.SS);
  return attribute.NULL ? null : attribute.BOOL;
}

export function fromAttributes(attributes: Attributes): Item {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, fromAttribute(value)]));
}

/** DynamoDB's numbers end at 1e126 and begin at 1e-130; what lies beyond, which only strangers send, is kept as text. */
function isNumeral(value: number): boolean {
  const size = Math.abs(value);
  return size === 0 || (size < 1e126 && size >= 1e-130);
}
