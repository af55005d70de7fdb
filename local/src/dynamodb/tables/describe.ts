import type { Index, Keys, Table } from './table.ts';
import { keyAttributes, streamArn, tableArn } from './table.ts';

type Totals = { count: number; bytes: number };

/** A table as DescribeTable and its siblings show it. Changes take effect at once, so its parts are always ACTIVE. */
export function describeTable(table: Table, totals: Totals, status: 'ACTIVE' | 'DELETING' = 'ACTIVE'): object {
  return {
    TableName: table.name,
    TableArn: tableArn(table.name),
    TableId: table.uuid,
    TableStatus: status,
    CreationDateTime: table.createdAt / 1000,
    AttributeDefinitions: attributeDefinitions(table),
    KeySchema: keySchema(table.keys),
    ItemCount: totals.count,
    TableSizeBytes: totals.bytes,
    DeletionProtectionEnabled: table.deletionProtection,
    ...describeBilling(table),
    ...describeIndexes(table, 'global', 'GlobalSecondaryIndexes'),
    ...describeIndexes(table, 'local', 'LocalSecondaryIndexes'),
    ...describeStream(table),
  };
}

function attributeDefinitions(table: Table): object[] {
  const keys = [table.keys, ...table.indexes.map((index) => index.keys)].flatMap(keyAttributes);
  const types = new Map(keys.map(({ name, type }) => [name, type]));
  return [...types].map(([name, type]) => ({ AttributeName: name, AttributeType: type }));
}

function keySchema(keys: Keys): object[] {
  return keyAttributes(keys).map(({ name }, at) => ({ AttributeName: name, KeyType: at === 0 ? 'HASH' : 'RANGE' }));
}

function describeBilling({ billing, createdAt }: Table): object {
  const isProvisioned = billing.mode === 'PROVISIONED';
  return {
    ProvisionedThroughput: {
      NumberOfDecreasesToday: 0,
      ReadCapacityUnits: isProvisioned ? billing.read : 0,
      WriteCapacityUnits: isProvisioned ? billing.write : 0,
    },
    BillingModeSummary: {
      BillingMode: billing.mode,
      ...(isProvisioned ? {} : { LastUpdateToPayPerRequestDateTime: createdAt / 1000 }),
    },
  };
}

function describeIndexes(table: Table, scope: Index['scope'], member: string): object {
  const indexes = table.indexes.filter((index) => index.scope === scope);
  return indexes.length > 0 ? { [member]: indexes.map((index) => describeIndex(table, index)) } : {};
}

function describeIndex(table: Table, { name, scope, keys, projection }: Index): object {
  return {
    IndexName: name,
    IndexArn: `${tableArn(table.name)}/index/${name}`,
    KeySchema: keySchema(keys),
    Projection: {
      ProjectionType: projection.type,
      ...(projection.type === 'INCLUDE' ? { NonKeyAttributes: projection.names } : {}),
    },
    ...(scope === 'global' ? { IndexStatus: 'ACTIVE' } : {}),
  };
}

function describeStream(table: Table): object {
  if (!table.stream) return {};
  return {
    StreamSpecification: { StreamEnabled: true, StreamViewType: table.stream.viewType },
    LatestStreamLabel: table.stream.label,
    LatestStreamArn: streamArn(table),
  };
}
