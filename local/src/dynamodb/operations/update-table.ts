import * as z from 'zod/mini';
import type { Engine } from '../engine.ts';
import { notFound, validation } from '../errors.ts';
import { tableField } from '../fields.ts';
import { buildIndex, dropIndex } from '../storage/index-entries.ts';
import { countItems } from '../storage/items.ts';
import { clearRecords } from '../storage/stream-log.ts';
import { checkIndexes, readBilling, readIndex, readStream } from '../tables/define.ts';
import { describeTable } from '../tables/describe.ts';
import type { AttributeDefinitions, IndexDefinition, StreamSpecification } from '../tables/inputs.ts';
import { attributeDefinitions, indexDefinition, streamSpecification, throughput } from '../tables/inputs.ts';
import type { Table } from '../tables/table.ts';
import { findIndex, keyAttributes } from '../tables/table.ts';
import { operation } from './operation.ts';

const indexUpdate = z.object({
  Create: z.optional(indexDefinition),
  Delete: z.optional(z.object({ IndexName: z.string() })),
  Update: z.optional(z.object({ IndexName: z.string() })),
});

const updateInput = z.object({
  ...tableField,
  AttributeDefinitions: z.optional(attributeDefinitions),
  GlobalSecondaryIndexUpdates: z.optional(z.array(indexUpdate)),
  BillingMode: z.optional(z.enum(['PROVISIONED', 'PAY_PER_REQUEST'])),
  ProvisionedThroughput: z.optional(throughput),
  StreamSpecification: z.optional(streamSpecification),
  DeletionProtectionEnabled: z.optional(z.boolean()),
});
type UpdateInput = z.infer<typeof updateInput>;
type IndexUpdate = z.infer<typeof indexUpdate>;

export const updateTable = operation(updateInput, ({ engine }, input) => {
  const table = engine.catalog.require(input.TableName);
  if (Object.keys(input).every((member) => member === 'TableName' || member === 'AttributeDefinitions'))
    throw validation('At least one of the table settings or index updates is required');
  const updated = engine.change(() => {
    const settled = withStream(engine, withSettings(table, input), input.StreamSpecification);
    const indexed = (input.GlobalSecondaryIndexUpdates ?? []).reduce(
      (latest, update) => withIndexUpdate(engine, latest, update, input.AttributeDefinitions ?? []),
      settled,
    );
    engine.catalog.replace(indexed);
    return indexed;
  });
  return { TableDescription: describeTable(updated, countItems(engine.db, updated)) };
});

function withSettings(table: Table, input: UpdateInput): Table {
  const billing =
    (input.BillingMode ?? input.ProvisionedThroughput)
      ? readBilling(input.BillingMode, input.ProvisionedThroughput)
      : table.billing;
  return { ...table, billing, deletionProtection: input.DeletionProtectionEnabled ?? table.deletionProtection };
}

/** Switching a stream on starts a new one; switching it off forgets its records. */
function withStream(engine: Engine, table: Table, specification: StreamSpecification | undefined): Table {
  if (!specification) return table;
  const { stream: current, ...rest } = table;
  if (specification.StreamEnabled === (current !== undefined))
    throw validation(`Table ${current ? 'already has an enabled stream' : 'has no stream to disable'}: ${table.name}`);
  clearRecords(engine.db, table);
  const stream = readStream(specification, engine.now());
  return stream ? { ...rest, stream } : rest;
}

function withIndexUpdate(engine: Engine, table: Table, update: IndexUpdate, types: AttributeDefinitions): Table {
  if (update.Create) return withNewIndex(engine, table, update.Create, types);
  const name = (update.Delete ?? update.Update)?.IndexName;
  const index = name === undefined ? undefined : findIndex(table, name);
  if (index?.scope !== 'global') throw notFound();
  if (!update.Delete) return table;
  dropIndex(engine.db, table, index);
  return { ...table, indexes: table.indexes.filter((other) => other !== index) };
}

function withNewIndex(engine: Engine, table: Table, definition: IndexDefinition, types: AttributeDefinitions): Table {
  if (findIndex(table, definition.IndexName))
    throw validation(`Attempting to create an index which already exists: ${definition.IndexName}`);
  const index = readIndex('global', definition, [...types, ...knownTypes(table)]);
  const indexes = [...table.indexes, index];
  checkIndexes(table.keys, indexes);
  buildIndex(engine.db, table, index);
  return { ...table, indexes };
}

/** Types of attributes that are keys already need no new definition. */
function knownTypes(table: Table): AttributeDefinitions {
  return [table.keys, ...table.indexes.map((index) => index.keys)]
    .flatMap(keyAttributes)
    .map(({ name, type }) => ({ AttributeName: name, AttributeType: type }));
}
