import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { DynamoDbError } from '../errors.ts';
import {
  checkDefinitions,
  checkIndexes,
  readBilling,
  readIndex,
  readKeys,
  readStream,
  readTags,
} from '../tables/define.ts';
import { describeTable } from '../tables/describe.ts';
import {
  attributeDefinitions,
  indexDefinition,
  keySchema,
  newName,
  streamSpecification,
  tagList,
  throughput,
} from '../tables/inputs.ts';
import type { Table } from '../tables/table.ts';
import { operation } from './operation.ts';

const createInput = z.object({
  TableName: newName,
  AttributeDefinitions: attributeDefinitions,
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z.optional(z.array(indexDefinition)),
  LocalSecondaryIndexes: z.optional(z.array(indexDefinition)),
  BillingMode: z.optional(z.enum(['PROVISIONED', 'PAY_PER_REQUEST'])),
  ProvisionedThroughput: z.optional(throughput),
  StreamSpecification: z.optional(streamSpecification),
  DeletionProtectionEnabled: z.optional(z.boolean()),
  Tags: z.optional(tagList),
});

export const createTable = operation(createInput, ({ engine }, input) => {
  const definition = define(input, engine.now());
  if (engine.catalog.find(input.TableName))
    throw new DynamoDbError('ResourceInUseException', `Table already exists: ${input.TableName}`);
  const table = engine.change(() => engine.catalog.insert(definition));
  return { TableDescription: describeTable(table, { count: 0, bytes: 0 }) };
});

function define(input: z.infer<typeof createInput>, now: number): Omit<Table, 'id'> {
  const types = input.AttributeDefinitions;
  const keys = readKeys(input.KeySchema, types);
  const indexes = [
    ...(input.GlobalSecondaryIndexes ?? []).map((index) => readIndex('global', index, types)),
    ...(input.LocalSecondaryIndexes ?? []).map((index) => readIndex('local', index, types)),
  ];
  checkIndexes(keys, indexes);
  checkDefinitions([keys, ...indexes.map((index) => index.keys)], types);
  const stream = readStream(input.StreamSpecification, now);
  return {
    uuid: randomUUID(),
    name: input.TableName,
    createdAt: now,
    keys,
    indexes,
    billing: readBilling(input.BillingMode, input.ProvisionedThroughput),
    ...(stream ? { stream } : {}),
    deletionProtection: input.DeletionProtectionEnabled ?? false,
    pointInTimeRecovery: false,
    tags: readTags(input.Tags),
  };
}
