/** Where everything pretends to be. */
export const REGION = 'us-east-1';
const ACCOUNT = '000000000000';

export type KeyAttribute = { name: string; type: 'S' | 'N' | 'B' };

/** The key of a table or an index: partition key, and sort key when there is one. */
export type Keys = { hash: KeyAttribute; range?: KeyAttribute };

export type Projection = { type: 'ALL' } | { type: 'KEYS_ONLY' } | { type: 'INCLUDE'; names: string[] };

export type Index = { name: string; scope: 'global' | 'local'; keys: Keys; projection: Projection };

export type StreamViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

export type Billing = { mode: 'PAY_PER_REQUEST' } | { mode: 'PROVISIONED'; read: number; write: number };

/** A table's definition; its items are in storage/items.ts under the same `id`. Times are milliseconds since 1970. */
export type Table = {
  id: number;
  uuid: string;
  name: string;
  createdAt: number;
  keys: Keys;
  indexes: Index[];
  billing: Billing;
  stream?: { label: string; viewType: StreamViewType };
  ttlAttribute?: string;
  deletionProtection: boolean;
  pointInTimeRecovery: boolean;
  tags: Record<string, string>;
};

export function tableArn(tableName: string): string {
  return `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${tableName}`;
}

/** The ARN of the table's stream, or undefined when it has none. */
export function streamArn(table: Table): string | undefined {
  return table.stream && `${tableArn(table.name)}/stream/${table.stream.label}`;
}

/** Names of a key's attributes, partition key first. */
export function keyNames(keys: Keys): string[] {
  return keyAttributes(keys).map((key) => key.name);
}

export function keyAttributes(keys: Keys): KeyAttribute[] {
  return keys.range ? [keys.hash, keys.range] : [keys.hash];
}

export function findIndex(table: Table, name: string): Index | undefined {
  return table.indexes.find((index) => index.name === name);
}

/** Names an index holds for every item: its keys, the table's keys and what it includes; undefined means all. */
export function projectedNames(table: Table, index: Index): Set<string> | undefined {
  if (index.projection.type === 'ALL') return undefined;
  const included = index.projection.type === 'INCLUDE' ? index.projection.names : [];
  return new Set([...keyNames(table.keys), ...keyNames(index.keys), ...included]);
}
