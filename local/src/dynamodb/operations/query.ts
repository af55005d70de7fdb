import * as z from 'zod/mini';
import { consumedByOne } from '../capacity/meter.ts';
import { validation } from '../errors.ts';
import { pathsOf } from '../expressions/condition.ts';
import type { Condition } from '../expressions/condition.ts';
import type { KeyRange } from '../expressions/key-condition.ts';
import { parseKeyCondition } from '../expressions/key-condition.ts';
import { readPlaceholders } from '../expressions/placeholders.ts';
import { checkStartKey, pageFields, parsePage, readPage, sourceOf } from '../reads/page.ts';
import { selectionOf } from '../reads/selection.ts';
import type { Source } from '../storage/walk.ts';
import { walkPartition } from '../storage/walk.ts';
import { encodeKey } from '../tables/keys.ts';
import { keyNames } from '../tables/table.ts';
import type { Item } from '../values/types.ts';
import { operation } from './operation.ts';

const queryInput = z.object({
  ...pageFields,
  KeyConditionExpression: z.optional(z.string()),
  ScanIndexForward: z.optional(z.boolean()),
});

export const query = operation(queryInput, ({ engine, meter }, input) => {
  if (input.KeyConditionExpression === undefined)
    throw validation('Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.');
  const source = sourceOf(engine, input);
  const keys = (source.index ?? source.table).keys;
  const placeholders = readPlaceholders(input, [input.KeyConditionExpression]);
  const where = parseKeyCondition(input.KeyConditionExpression, placeholders, keys);
  const { filter, paths } = parsePage(source, input, placeholders);
  refuseFilteredKeys(source, filter);
  const start = input.ExclusiveStartKey;
  checkStart(source, where, start);
  const selection = selectionOf(source, input.Select, paths);
  const items = walkPartition(engine.db, source, where.hash, where.range, input.ScanIndexForward ?? true, start);
  const page = readPage(meter, source, items, input, filter, selection);
  return { ...page, ...consumedByOne(meter, input.ReturnConsumedCapacity) };
});

/** A filter is for what the key condition cannot say. */
function refuseFilteredKeys({ table, index }: Source, filter: Condition | undefined): void {
  const used = new Set((filter ? pathsOf(filter) : []).map(([name]) => name));
  const key = keyNames((index ?? table).keys).find((name) => used.has(name));
  if (key !== undefined)
    throw validation(`Filter Expression can only contain non-primary key attributes: Primary key attribute: ${key}`);
}

/** A start must be a place this very query passes. */
function checkStart(source: Source, where: KeyRange, start: Item | undefined): void {
  checkStartKey(source, start);
  if (!start) return;
  const { hash, range } = encodeKey((source.index ?? source.table).keys, start);
  if (Buffer.compare(hash, where.hash) !== 0)
    throw validation('The provided starting key is outside query boundaries based on provided conditions');
  if (Buffer.compare(range, where.range.from) < 0 || Buffer.compare(range, where.range.to) >= 0)
    throw validation('The provided starting key does not match the range key predicate');
}
