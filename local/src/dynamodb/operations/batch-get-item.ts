import * as z from 'zod/mini';
import { consumedByEach } from '../capacity/meter.ts';
import { validation } from '../errors.ts';
import { capacityField, keysField } from '../fields.ts';
import type { Get } from '../reads/get.ts';
import { billFound, getter, planProjection, projectionFields } from '../reads/get.ts';
import { sameItem } from '../values/compare.ts';
import type { Item } from '../values/types.ts';
import type { Context } from './operation.ts';
import { operation } from './operation.ts';

const MAX_KEYS = 100;
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

const tableRequest = z.object({ ...keysField, ...projectionFields, ConsistentRead: z.optional(z.boolean()) });
const batchInput = z.object({ RequestItems: z.record(z.string(), tableRequest), ...capacityField });

type TableRequest = z.infer<typeof tableRequest>;
type PlannedGet = { name: string; request: TableRequest; key: Item; get: Get };

export const batchGetItem = operation(batchInput, (context, input) => {
  const requests = Object.entries(input.RequestItems);
  if (requests.length === 0) throw validation('The batch get request map cannot be null or empty');
  if (requests.reduce((count, [, { Keys }]) => count + Keys.length, 0) > MAX_KEYS)
    throw validation('Too many items requested for the BatchGetItem call');
  const gets = requests.flatMap(([name, request]) => planTable(context, name, request));
  return { ...readAll(context, gets), ...consumedByEach(context.meter, input.ReturnConsumedCapacity) };
});

function planTable({ engine }: Context, name: string, request: TableRequest): PlannedGet[] {
  const table = engine.catalog.require(name);
  const shape = planProjection(request);
  refuseDuplicates(request.Keys);
  return request.Keys.map((key) => ({ name, request, key, get: getter(engine, table, key, shape) }));
}

/** Reads until the answer is full; the rest goes back to the caller as unprocessed. */
function readAll({ meter }: Context, gets: PlannedGet[]): object {
  const found: Record<string, Item[]> = Object.fromEntries(gets.map(({ name }) => [name, []]));
  const unprocessed: Record<string, TableRequest> = {};
  let [bytes, isFull] = [0, false];
  for (const { name, request, key, get } of gets) {
    const result = get.find();
    isFull ||= bytes + result.size > MAX_ANSWER_BYTES;
    if (isFull) {
      unprocessed[name] = { ...request, Keys: [...(unprocessed[name]?.Keys ?? []), key] };
      continue;
    }
    bytes += result.size;
    billFound(meter, get, result, request.ConsistentRead ? 'strong' : 'eventual');
    if (result.item) found[name]?.push(result.item);
  }
  return { Responses: found, UnprocessedKeys: unprocessed };
}

function refuseDuplicates(keys: Item[]): void {
  if (keys.some((key, at) => keys.slice(0, at).some((earlier) => sameItem(earlier, key))))
    throw validation('Provided list of item keys contains duplicates');
}
