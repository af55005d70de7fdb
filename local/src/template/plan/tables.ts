import * as z from 'zod/mini';
import type { Resource } from '../scope.ts';
import { boolean, ofType, parseProperties } from './parse.ts';

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const indexSchema = z.object({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.object({
    ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
    NonKeyAttributes: z.optional(z.array(z.string())),
  }),
});
const tableSchema = z.looseObject({
  KeySchema: keySchema,
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  GlobalSecondaryIndexes: z._default(z.array(indexSchema), []),
  LocalSecondaryIndexes: z._default(z.array(indexSchema), []),
  StreamSpecification: z.optional(z.looseObject({ StreamViewType: z.string() })),
  TimeToLiveSpecification: z.optional(z.looseObject({ AttributeName: z.optional(z.string()), Enabled: boolean })),
});

type TableProperties = z.infer<typeof tableSchema>;

/** A table; key schema, attributes and indexes are in the form of DynamoDB's CreateTable. */
export type TablePlan = {
  name: string;
  keySchema: TableProperties['KeySchema'];
  attributes: TableProperties['AttributeDefinitions'];
  globalIndexes: TableProperties['GlobalSecondaryIndexes'];
  localIndexes: TableProperties['LocalSecondaryIndexes'];
  /** NEW_AND_OLD_IMAGES and so on; absent without a stream. */
  streamView?: string;
  ttlAttribute?: string;
};

export function planTables(resources: readonly Resource[]): TablePlan[] {
  return ofType(resources, 'AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').map((resource) => {
    const table = parseProperties(tableSchema, resource);
    const streamView = table.StreamSpecification?.StreamViewType;
    const ttl = table.TimeToLiveSpecification;
    return {
      name: resource.ref,
      keySchema: table.KeySchema,
      attributes: table.AttributeDefinitions,
      globalIndexes: table.GlobalSecondaryIndexes,
      localIndexes: table.LocalSecondaryIndexes,
      ...(streamView !== undefined && { streamView }),
      ...(ttl?.Enabled && ttl.AttributeName !== undefined && { ttlAttribute: ttl.AttributeName }),
    };
  });
}
