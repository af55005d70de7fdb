import * as z from 'zod/mini';
import type { Meter } from '../capacity/meter.ts';
import { readUnits } from '../capacity/units.ts';
import type { Engine } from '../engine.ts';
import { validation } from '../errors.ts';
import type { Condition } from '../expressions/condition.ts';
import { pathsOf } from '../expressions/condition.ts';
import { holds } from '../expressions/evaluate.ts';
import { parseCondition } from '../expressions/parse-condition.ts';
import type { Path } from '../expressions/paths.ts';
import { refuseNestedKeys } from '../expressions/paths.ts';
import type { Placeholders } from '../expressions/placeholders.ts';
import { parseProjection } from '../expressions/projection.ts';
import { capacityField, expressionFields, startKeyField, tableField } from '../fields.ts';
import type { StoredItem } from '../storage/rows.ts';
import type { Source } from '../storage/walk.ts';
import { pick } from '../tables/keys.ts';
import { findIndex, keyAttributes, keyNames } from '../tables/table.ts';
import type { Item } from '../values/types.ts';
import { attribute, typeOf } from '../values/types.ts';
import type { Selection } from './selection.ts';

/** Members that Query and Scan share. */
export const pageFields = {
  ...tableField,
  ...expressionFields,
  ...capacityField,
  ...startKeyField,
  IndexName: z.optional(z.string()),
  ConsistentRead: z.optional(z.boolean()),
  FilterExpression: z.optional(z.string()),
  ProjectionExpression: z.optional(z.string()),
  Limit: z.optional(z.int().check(z.minimum(1))),
  Select: z.optional(z.enum(['ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES', 'SPECIFIC_ATTRIBUTES', 'COUNT'])),
};
const pageInput = z.object(pageFields);
export type PageInput = z.infer<typeof pageInput>;

export type Page = { Items?: Item[]; Count: number; ScannedCount: number; LastEvaluatedKey?: Item };

const MAX_PAGE_BYTES = 1024 * 1024;

export function sourceOf(engine: Engine, input: PageInput): Source {
  const table = engine.catalog.require(input.TableName);
  if (input.IndexName === undefined) return { table, index: undefined };
  const index = findIndex(table, input.IndexName);
  if (!index) throw validation(`The table does not have the specified index: ${input.IndexName}`);
  if (index.scope === 'global' && input.ConsistentRead)
    throw validation('Consistent reads are not supported on global secondary indexes');
  return { table, index };
}

/** The filter and the projection of a page; the caller has parsed its other expressions. */
export function parsePage(
  source: Source,
  input: PageInput,
  placeholders: Placeholders,
): { filter: Condition | undefined; paths: Path[] | undefined } {
  const { FilterExpression, ProjectionExpression } = input;
  const filter =
    FilterExpression === undefined ? undefined : parseCondition('FilterExpression', FilterExpression, placeholders);
  const paths = ProjectionExpression === undefined ? undefined : parseProjection(ProjectionExpression, placeholders);
  placeholders.refuseUnused();
  refuseNestedKeys(source.table, [...(filter ? pathsOf(filter) : []), ...(paths ?? [])]);
  return { filter, paths };
}

/** Refuses a starting key that no page of this source could have ended with. */
export function checkStartKey({ table, index }: Source, start: Item | undefined): void {
  if (!start) return;
  const wanted = [table.keys, ...(index ? [index.keys] : [])].flatMap(keyAttributes);
  const fits = wanted.every(({ name, type }) => {
    const value = attribute(start, name);
    return value !== undefined && typeOf(value) === type;
  });
  if (!fits || Object.keys(start).length !== new Set(wanted.map(({ name }) => name)).size)
    throw validation('The provided starting key is invalid');
}

/** Reads items until the limit or 1 MB is reached, and counts what was read, whether the filter keeps it or not. */
export function readPage(
  meter: Meter,
  source: Source,
  items: Iterable<StoredItem>,
  input: PageInput,
  filter: Condition | undefined,
  selection: Selection,
): Page {
  const consistency = input.ConsistentRead ? 'strong' : 'eventual';
  const kept: Item[] = [];
  let [scanned, bytes, isCut] = [0, 0, false];
  let last: Item | undefined;
  for (const stored of items) {
    const seen = selection.view(stored);
    isCut = last !== undefined && bytes + seen.size > MAX_PAGE_BYTES;
    if (isCut) break;
    [last, scanned, bytes] = [stored.item, scanned + 1, bytes + seen.size];
    if (selection.fetches) meter.read(source.table, undefined, readUnits(stored.size, consistency));
    const item = selection.fetches ? stored.item : seen.item;
    if (!filter || holds(filter, item)) kept.push(selection.shape(item));
    isCut = scanned === input.Limit;
    if (isCut) break;
  }
  meter.read(source.table, source.index, readUnits(bytes, consistency));
  return {
    ...(selection.countOnly ? {} : { Items: kept }),
    Count: kept.length,
    ScannedCount: scanned,
    ...(isCut && last ? { LastEvaluatedKey: pick(last, startKeyNames(source)) } : {}),
  };
}

/** Names a position in the source is made of: the table's key, and the index's. */
function startKeyNames({ table, index }: Source): string[] {
  return [table.keys, ...(index ? [index.keys] : [])].flatMap(keyNames);
}
