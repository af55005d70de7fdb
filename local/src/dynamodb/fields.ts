import * as z from 'zod/mini';
import { validation } from './errors.ts';
import { readItem } from './values/read.ts';
import type { Item } from './values/types.ts';

// Members that many operations' inputs share.

export const tableField = { TableName: z.string() };

export const expressionFields = {
  ExpressionAttributeNames: z.optional(z.record(z.string(), z.string())),
  ExpressionAttributeValues: z.optional(z.record(z.string(), z.unknown())),
};

export const capacityField = { ReturnConsumedCapacity: z.optional(z.enum(['NONE', 'TOTAL', 'INDEXES'])) };

export const itemField = { Item: attributes('item') };
export const keyField = { Key: attributes('key') };
export const keysField = { Keys: z.array(attributes('keys')).check(z.minLength(1)) };
export const startKeyField = { ExclusiveStartKey: z.optional(attributes('exclusiveStartKey')) };

/** A map of attribute values, read and checked by values/read.ts. */
function attributes(name: string): z.ZodMiniType<Item> {
  return z.pipe(
    z.unknown(),
    z.transform((raw) => {
      if (raw === undefined || raw === null)
        throw validation(
          `1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`,
        );
      return readItem(raw);
    }),
  );
}
