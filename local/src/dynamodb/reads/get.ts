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
export type Get = (meter: Meter, consistency: Consistency) => Found;

/** Parses one read of one item; the result does it and counts its units. */
export function planGet(engine: Engine, input: { TableName: string; Key: Item } & ProjectionInput): Get {
  const table = engine.catalog.require(input.TableName);
  const shape = planProjection(input);
  return getter(engine, table, input.Key, shape);
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
  return (meter, consistency) => {
    const found = readItem(engine.db, table, bytes);
    meter.read(table, undefined, readUnits(found?.size ?? 0, consistency));
    return { item: found && shape(found.item), size: found?.size ?? 0 };
  };
}
