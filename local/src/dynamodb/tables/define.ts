import { invalidParameter, validation } from '../errors.ts';
import type { AttributeDefinitions, IndexDefinition, KeySchema, StreamSpecification, TagList } from './inputs.ts';
import type { Billing, Index, KeyAttribute, Keys, Projection, Table } from './table.ts';
import { keyNames } from './table.ts';

const MAX_GLOBAL_INDEXES = 20;
const MAX_LOCAL_INDEXES = 5;

/** Reads a key schema: a partition key first, then at most a sort key, both with a defined type. */
export function readKeys(schema: KeySchema, definitions: AttributeDefinitions): Keys {
  const [hash, range, ...more] = schema;
  if (hash?.KeyType !== 'HASH') throw invalidParameter('The first KeySchemaElement is not a HASH key type');
  if (more.length > 0) throw invalidParameter('A key schema has at most a HASH and a RANGE key');
  const keys: Keys = { hash: typed(hash.AttributeName, definitions) };
  if (!range) return keys;
  if (range.KeyType !== 'RANGE') throw invalidParameter('The second KeySchemaElement is not a RANGE key type');
  if (range.AttributeName === hash.AttributeName)
    throw invalidParameter('Both the Hash Key and the Range Key element in the KeySchema have the same name');
  return { ...keys, range: typed(range.AttributeName, definitions) };
}

export function readIndex(scope: Index['scope'], definition: IndexDefinition, types: AttributeDefinitions): Index {
  const keys = readKeys(definition.KeySchema, types);
  return { name: definition.IndexName, scope, keys, projection: readProjection(definition.Projection) };
}

/** Refuses indexes the table could not have: too many, two of one name, or local ones that are not the table's own. */
export function checkIndexes(keys: Keys, indexes: Index[]): void {
  const local = indexes.filter((index) => index.scope === 'local');
  if (new Set(indexes.map((index) => index.name)).size < indexes.length) throw invalidParameter('Duplicate index name');
  if (local.length > MAX_LOCAL_INDEXES || indexes.length - local.length > MAX_GLOBAL_INDEXES)
    throw invalidParameter('Number of indexes exceeds per-table limit: 5 local and 20 global secondary indexes');
  if (local.length > 0 && !keys.range)
    throw invalidParameter(
      'Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex',
    );
  const stray = local.find((index) => index.keys.hash.name !== keys.hash.name || !index.keys.range);
  if (stray)
    throw invalidParameter(
      `Index KeySchema of ${stray.name} must have the table's HASH key and a RANGE key of its own`,
    );
}

/** Refuses attribute definitions that no key uses, or two for one attribute. */
export function checkDefinitions(keys: Keys[], definitions: AttributeDefinitions): void {
  const used = new Set(keys.flatMap(keyNames));
  if (used.size !== definitions.length || definitions.some(({ AttributeName }) => !used.has(AttributeName)))
    throw invalidParameter(
      'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
    );
}

/** The billing of a table; it is remembered and described, and throttles nothing. */
export function readBilling(
  mode: Billing['mode'] | undefined,
  units: { ReadCapacityUnits: number; WriteCapacityUnits: number } | undefined,
): Billing {
  if (mode === 'PAY_PER_REQUEST') {
    if (units)
      throw invalidParameter(
        'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
      );
    return { mode };
  }
  if (!units)
    throw invalidParameter(
      'ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    );
  return { mode: 'PROVISIONED', read: units.ReadCapacityUnits, write: units.WriteCapacityUnits };
}

/** The stream a specification asks for, labelled by the time it starts; undefined when it asks for none. */
export function readStream(specification: StreamSpecification | undefined, now: number): Table['stream'] {
  if (!specification?.StreamEnabled) return undefined;
  if (!specification.StreamViewType) throw invalidParameter('StreamViewType is required when StreamEnabled is true');
  return { label: new Date(now).toISOString().slice(0, -1), viewType: specification.StreamViewType };
}

export function readTags(tags: TagList | undefined): Record<string, string> {
  return Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key, Value]));
}

function typed(name: string, definitions: AttributeDefinitions): KeyAttribute {
  const definition = definitions.find(({ AttributeName }) => AttributeName === name);
  if (definition) return { name, type: definition.AttributeType };
  const defined = definitions.map(({ AttributeName }) => AttributeName).join(', ');
  throw invalidParameter(
    `Some index key attributes are not defined in AttributeDefinitions. Keys: [${name}], ` +
      `AttributeDefinitions: [${defined}]`,
  );
}

function readProjection({ ProjectionType, NonKeyAttributes }: IndexDefinition['Projection']): Projection {
  if (!ProjectionType) throw invalidParameter('Unknown ProjectionType: null');
  if (ProjectionType === 'INCLUDE') {
    if (!NonKeyAttributes) throw invalidParameter('NonKeyAttributes must be specified when ProjectionType is INCLUDE');
    return { type: 'INCLUDE', names: NonKeyAttributes };
  }
  if (NonKeyAttributes)
    throw validation(
      `One or more parameter values were invalid: ProjectionType is ${ProjectionType}, but NonKeyAttributes is specified`,
    );
  return { type: ProjectionType };
}
