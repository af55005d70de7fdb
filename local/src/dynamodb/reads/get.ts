import * as z from 'zod/mini';
import type { Meter } from '../capacity/meter.ts';
import type { Consistency } from '../capacity/units.ts';
import { readUnits } from '../capacity/units.ts';
import type { Engine } from '../engine.ts';
import type { PlaceholderInput } from '../expressions/placeholders.ts';
import { readPlaceholders } from '../expressions/placeholders.ts';
import { parseProjection, project } from '../expressions/projection.ts';
import { expressionFields, keyField, tableField } from '../fields.ts';
import { readItem } from '../storage/items.ts';
import { primaryKey } from '../tables/keys.ts';
import type { Table } from '../tables/table.ts';
import type { Item } from '../values/types.ts';

export const projectionFields = {
  ExpressionAttributeNames: expressionFields.ExpressionAttributeNames,
  ProjectionExpression: z.optional(z.string()),
};

/** Members that say what to get, shared by GetItem and TransactGetItems. */
export const getFields = { ...tableField, ...keyField, ...projectionFields };

type ProjectionInput = PlaceholderInput & { ProjectionExpression?: string | undefined };

/** What a read found: the item as asked for, and the stored item's size in bytes (0 when there is none). */
export type Found = { item: Item | undefined; size: number };

/** One read of one item, parsed and checked. */
export type Get = { table: Table; find(): Found };

export function planGet(engine: Engine, input: { TableName: string; Key: Item } & ProjectionInput): Get {
  return getter(engine, engine.catalog.require(input.TableName), input.Key, planProjection(input));
}

/** Parses a request's projection into what it does to an item. */
export function planProjection(input: ProjectionInput): (item: Item) => Item {
  const placeholders = readPlaceholders(input, [input.ProjectionExpression]);
  const paths =
    input.ProjectionExpression === undefined ? undefined : parseProjection(input.ProjectionExpression, placeholders);
  placeholders.refuseUnused();
  return (item) => (paths ? project(item, paths) : item);
}

/** The read of the item with this key, shaped by a projection. */
export function getter(engine: Engine, table: Table, key: Item, shape: (item: Item) => Item): Get {
  const bytes = primaryKey(table, key);
  return {
    table,
    find() {
      const found = readItem(engine.db, table, bytes);
      return { item: found && shape(found.item), size: found?.size ?? 0 };
    },
  };
}

/** Reads the item and counts its units. */
export function findAndBill(meter: Meter, get: Get, consistency: Consistency): Found {
  const found = get.find();
  billFound(meter, get, found, consistency);
  return found;
}

export function billFound(meter: Meter, get: Get, found: Found, consistency: Consistency): void {
  meter.read(get.table, undefined, readUnits(found.size, consistency));
}
