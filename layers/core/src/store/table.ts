import { fromAttributes, toAttributes } from './attributes.ts';
import type { Attributes, Item } from './attributes.ts';
import { AwsError, awsJson } from './aws.ts';
import { setting } from './environment.ts';
import { conditionInput, queryInput, updateInput } from './expressions.ts';
import type { Condition, QueryInput, Update } from './expressions.ts';
import type { Key } from './keys/key.ts';

/** A conditional write either happened or met what was there (`current`, when the item existed). */
export type Written<T = undefined> = { ok: true; item: T } | { ok: false; current: Item | undefined };

export interface Page {
  items: Item[];
  next: Item | undefined;
}

export async function getItem(key: Key, options: { consistent?: boolean } = {}): Promise<Item | undefined> {
  const output = await call<{ Item?: Attributes }>('GetItem', {
    Key: toAttributes(key),
    ConsistentRead: options.consistent ?? false,
  });
  return output.Item && fromAttributes(output.Item);
}

/** Items in the order of the keys; a missing one is left out. */
export async function getItems(keys: Key[], options: { consistent?: boolean } = {}): Promise<Item[]> {
  const found = await Promise.all(chunks(keys, 100).map((chunk) => getChunk(chunk, options.consistent ?? false)));
  const byKey = new Map<string, Item>(
    found.flat().map((item) => [`${String(item['pk'])}\n${String(item['sk'])}`, item]),
  );
  return keys.map((key) => byKey.get(`${key.pk}\n${key.sk}`)).filter((item) => item !== undefined);
}

export async function putItem(key: Key, item: Item, condition?: Condition): Promise<Written> {
  const input = { Item: toAttributes({ ...item, ...key }), ...conditionInput(condition) };
  return conditional(async () => {
    await call('PutItem', input);
    return undefined;
  });
}

/** The whole item as it is after the update. */
export async function updateItem(key: Key, update: Update): Promise<Written<Item>> {
  const input = { Key: toAttributes(key), ...updateInput(update), ReturnValues: 'ALL_NEW' };
  return conditional(async () => {
    const output = await call<{ Attributes?: Attributes }>('UpdateItem', input);
    return fromAttributes(output.Attributes ?? {});
  });
}

/** False: the condition did not hold. */
export async function deleteItem(key: Key, condition?: Condition): Promise<boolean> {
  const input = { Key: toAttributes(key), ...conditionInput(condition) };
  return (await conditional(() => call('DeleteItem', input))).ok;
}

/** One write of several that happen together. */
export type Write = { key: Key } & (
  | { item: Item; condition?: Condition }
  | { update: Update }
  | { remove: true; condition?: Condition }
);

/** Writes all or none. When a condition fails, says which write it was. */
export async function writeTogether(writes: Write[]): Promise<{ ok: true } | { ok: false; failed: number }> {
  try {
    await awsJson('dynamodb', 'TransactWriteItems', { TransactItems: writes.map(transactItem) });
    return { ok: true };
  } catch (error) {
    const failed = failedCondition(error);
    if (failed === undefined) throw error;
    return { ok: false, failed };
  }
}

export async function query(input: QueryInput): Promise<Page> {
  const output = await call<{ Items?: Attributes[]; LastEvaluatedKey?: Attributes }>('Query', queryInput(input));
  return {
    items: (output.Items ?? []).map((item) => fromAttributes(item)),
    next: output.LastEvaluatedKey && fromAttributes(output.LastEvaluatedKey),
  };
}

/** Every item of the query, page by page. */
export async function* queryAll(input: QueryInput): AsyncGenerator<Item> {
  let start: Item | undefined;
  do {
    const page: Page = await query({ ...input, start });
    yield* page.items;
    start = page.next;
  } while (start);
}

async function getChunk(keys: Key[], consistent: boolean): Promise<Item[]> {
  const table = setting('TABLE_NAME');
  const items: Item[] = [];
  let pending: Attributes[] = keys.map(toAttributes);
  while (pending.length > 0) {
    const output = await awsJson<{
      Responses?: Record<string, Attributes[]>;
      UnprocessedKeys?: Record<string, { Keys: Attributes[] }>;
    }>('dynamodb', 'BatchGetItem', { RequestItems: { [table]: { Keys: pending, ConsistentRead: consistent } } });
    items.push(...(output.Responses?.[table] ?? []).map((item) => fromAttributes(item)));
    pending = output.UnprocessedKeys?.[table]?.Keys ?? [];
  }
  return items;
}

function call<Output>(operation: string, input: object): Promise<Output> {
  return awsJson<Output>('dynamodb', operation, { TableName: setting('TABLE_NAME'), ...input });
}

async function conditional<T>(write: () => Promise<T>): Promise<Written<T>> {
  try {
    return { ok: true, item: await write() };
  } catch (error) {
    if (!(error instanceof AwsError) || error.name !== 'ConditionalCheckFailedException') throw error;
    const current = error.body['Item'] as Attributes | undefined;
    return { ok: false, current: current && fromAttributes(current) };
  }
}

function failedCondition(error: unknown): number | undefined {
  if (!(error instanceof AwsError) || error.name !== 'TransactionCanceledException') return undefined;
  const reasons = error.body['CancellationReasons'] as { Code: string }[];
  const failed = reasons.findIndex((reason) => reason.Code === 'ConditionalCheckFailed');
  return failed === -1 ? undefined : failed;
}

function transactItem(write: Write): object {
  const TableName = setting('TABLE_NAME');
  if ('update' in write) return { Update: { TableName, Key: toAttributes(write.key), ...updateInput(write.update) } };
  if ('remove' in write)
    return { Delete: { TableName, Key: toAttributes(write.key), ...conditionInput(write.condition) } };
  return {
    Put: { TableName, Item: toAttributes({ ...write.item, ...write.key }), ...conditionInput(write.condition) },
  };
}

function chunks<T>(list: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
