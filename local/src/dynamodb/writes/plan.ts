import type { Engine } from '../engine.ts';
import { invalidParameter, validation } from '../errors.ts';
import { applyUpdate } from '../expressions/apply-update.ts';
import type { Condition } from '../expressions/condition.ts';
import { pathsOf } from '../expressions/condition.ts';
import { parseCondition } from '../expressions/parse-condition.ts';
import { parseUpdate } from '../expressions/parse-update.ts';
import type { Path } from '../expressions/paths.ts';
import { refuseNestedKeys } from '../expressions/paths.ts';
import type { Placeholders } from '../expressions/placeholders.ts';
import { readPlaceholders } from '../expressions/placeholders.ts';
import type { StoredItem } from '../storage/rows.ts';
import { storedItem } from '../storage/rows.ts';
import { checkIndexKeys, primaryKey, primaryKeyOfItem } from '../tables/keys.ts';
import type { Table } from '../tables/table.ts';
import { keyNames } from '../tables/table.ts';
import type { CheckInput, DeleteInput, PutInput, UpdateInput } from './inputs.ts';
import type { Write } from './write.ts';

const MAX_ITEM_BYTES = 400 * 1024;

export function planPut(engine: Engine, input: PutInput): Write {
  const table = engine.catalog.require(input.TableName);
  const stored = storedItem(input.Item);
  if (stored.size > MAX_ITEM_BYTES) throw validation('Item size has exceeded the maximum allowed size');
  return {
    ...guard(table, input),
    locate() {
      const key = primaryKeyOfItem(table, input.Item);
      checkIndexKeys(table, input.Item);
      return key;
    },
    next: () => stored,
  };
}

export function planDelete(engine: Engine, input: DeleteInput): Write {
  const table = engine.catalog.require(input.TableName);
  return { ...guard(table, input), locate: () => primaryKey(table, input.Key), next: () => undefined };
}

/** A write that only insists on its condition. */
export function planCheck(engine: Engine, input: CheckInput): Write {
  const table = engine.catalog.require(input.TableName);
  return { ...guard(table, input), locate: () => primaryKey(table, input.Key), next: (before) => before };
}

/** `paths` are what the update touches, for answers that return only that. */
export function planUpdate(engine: Engine, input: UpdateInput): Write & { paths: Path[] } {
  const table = engine.catalog.require(input.TableName);
  const placeholders = readPlaceholders(input, [input.UpdateExpression, input.ConditionExpression]);
  const actions = input.UpdateExpression === undefined ? [] : parseUpdate(input.UpdateExpression, placeholders);
  const condition = parseGuard(table, input, placeholders);
  const paths = actions.map((action) => action.path);
  return {
    table,
    condition,
    paths,
    showsItem: showsItem(input),
    locate() {
      refuseKeyChange(table, paths);
      return primaryKey(table, input.Key);
    },
    next: (before) => updated(table, storedItem(applyUpdate(before?.item ?? input.Key, actions))),
  };
}

function guard(table: Table, input: DeleteInput | PutInput): Pick<Write, 'table' | 'condition' | 'showsItem'> {
  const placeholders = readPlaceholders(input, [input.ConditionExpression]);
  return { table, condition: parseGuard(table, input, placeholders), showsItem: showsItem(input) };
}

/** The write's condition; by now every expression of the request is parsed. */
function parseGuard(
  table: Table,
  input: { ConditionExpression?: string | undefined },
  placeholders: Placeholders,
): Condition | undefined {
  const expression = input.ConditionExpression;
  const condition =
    expression === undefined ? undefined : parseCondition('ConditionExpression', expression, placeholders);
  placeholders.refuseUnused();
  if (condition) refuseNestedKeys(table, pathsOf(condition));
  return condition;
}

function showsItem(input: { ReturnValuesOnConditionCheckFailure?: 'ALL_OLD' | 'NONE' | undefined }): boolean {
  return input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
}

function refuseKeyChange(table: Table, paths: Path[]): void {
  const key = keyNames(table.keys).find((name) => paths.some(([first]) => first === name));
  if (key !== undefined) throw invalidParameter(`Cannot update attribute ${key}. This attribute is part of the key`);
}

function updated(table: Table, after: StoredItem): StoredItem {
  checkIndexKeys(table, after.item);
  if (after.size > MAX_ITEM_BYTES) throw validation('Item size to update has exceeded the maximum allowed size');
  return after;
}
