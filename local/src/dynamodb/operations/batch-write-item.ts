import * as z from 'zod/mini';
import { consumedByEach } from '../capacity/meter.ts';
import type { Engine } from '../engine.ts';
import { validation } from '../errors.ts';
import { capacityField, itemField, keyField } from '../fields.ts';
import type { Write } from '../writes/write.ts';
import { planDelete, planPut } from '../writes/plan.ts';
import { bill, decide, store } from '../writes/write.ts';
import { writeIdentity } from '../writes/identity.ts';
import { operation } from './operation.ts';

const MAX_WRITES = 25;

const writeRequest = z.object({
  PutRequest: z.optional(z.object(itemField)),
  DeleteRequest: z.optional(z.object(keyField)),
});
const batchInput = z.object({ RequestItems: z.record(z.string(), z.array(writeRequest)), ...capacityField });

export const batchWriteItem = operation(batchInput, ({ engine, meter }, input) => {
  const requests = Object.entries(input.RequestItems).flatMap(([name, list]) => {
    if (list.length === 0)
      throw validation(`The batch write request list for a table cannot be null or empty: ${name}`);
    return list.map((request) => ({ name, request }));
  });
  if (requests.length === 0) throw validation('The batch write request map cannot be null or empty');
  if (requests.length > MAX_WRITES) throw validation('Too many items requested for the BatchWriteItem call');
  const writes = requests.map(({ name, request }) => planOne(engine, name, request));
  if (new Set(writes.map(writeIdentity)).size < writes.length)
    throw validation('Provided list of item keys contains duplicates');
  engine.change(() => {
    for (const write of writes) {
      const outcome = decide(engine, write);
      bill(meter, outcome, 1);
      store(engine, outcome, 'caller');
    }
  });
  return { UnprocessedItems: {}, ...consumedByEach(meter, input.ReturnConsumedCapacity) };
});

function planOne(engine: Engine, TableName: string, request: z.infer<typeof writeRequest>): Write {
  const { PutRequest, DeleteRequest } = request;
  if (PutRequest && !DeleteRequest) return planPut(engine, { TableName, Item: PutRequest.Item });
  if (DeleteRequest && !PutRequest) return planDelete(engine, { TableName, Key: DeleteRequest.Key });
  throw validation('A write request must contain exactly one of PutRequest and DeleteRequest');
}
