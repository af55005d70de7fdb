import * as z from 'zod/mini';
import { validation } from '../errors.ts';
import { tableField } from '../fields.ts';
import { countItems } from '../storage/items.ts';
import { describeTable as describe } from '../tables/describe.ts';
import { operation } from './operation.ts';

const MAX_NAMES = 100;

export const describeTable = operation(z.object(tableField), ({ engine }, { TableName }) => {
  const table = engine.catalog.require(TableName);
  return { Table: describe(table, countItems(engine.db, table)) };
});

export const deleteTable = operation(z.object(tableField), ({ engine }, { TableName }) => {
  const table = engine.catalog.require(TableName);
  if (table.deletionProtection)
    throw validation(
      `Resource cannot be deleted as it is currently protected against deletion. ` +
        'Disable deletion protection first.',
    );
  const totals = countItems(engine.db, table);
  engine.change(() => engine.catalog.remove(table));
  return { TableDescription: describe(table, totals, 'DELETING') };
});

const listInput = z.object({
  ExclusiveStartTableName: z.optional(z.string()),
  Limit: z.optional(z.int().check(z.minimum(1), z.maximum(MAX_NAMES))),
});

export const listTables = operation(listInput, ({ engine }, input) => {
  const after = input.ExclusiveStartTableName ?? '';
  const names = engine.catalog
    .all()
    .map((table) => table.name)
    .filter((name) => name > after);
  const page = names.slice(0, input.Limit ?? MAX_NAMES);
  return { TableNames: page, ...(page.length < names.length ? { LastEvaluatedTableName: page.at(-1) } : {}) };
});
