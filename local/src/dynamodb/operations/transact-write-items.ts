import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Meter } from '../capacity/meter.ts';
import { consumedByEach } from '../capacity/meter.ts';
import { readUnits } from '../capacity/units.ts';
import type { Engine } from '../engine.ts';
import { DynamoDbError, validation } from '../errors.ts';
import { capacityField } from '../fields.ts';
import { readItem } from '../storage/items.ts';
import { fingerprintOf, rememberToken } from '../storage/request-tokens.ts';
import { checkInput, deleteInput, putInput, updateInput } from '../writes/inputs.ts';
import { planCheck, planDelete, planPut, planUpdate } from '../writes/plan.ts';
import { performAll, refuseSharedItems } from '../writes/transaction.ts';
import type { Write } from '../writes/write.ts';
import { operation } from './operation.ts';

const transactItem = z.object({
  Put: z.optional(putInput),
  Update: z.optional(updateInput),
  Delete: z.optional(deleteInput),
  ConditionCheck: z.optional(checkInput),
});

const transactInput = z.object({
  TransactItems: z.array(transactItem).check(z.minLength(1), z.maxLength(100)),
  ClientRequestToken: z.optional(z.string().check(z.minLength(1), z.maxLength(36))),
  ...capacityField,
});

export const transactWriteItems = operation(transactInput, ({ engine, meter }, input) => {
  const writes = input.TransactItems.map((item) => planOne(engine, item));
  refuseSharedItems(writes);
  const request = JSON.stringify(input.TransactItems);
  applyOnce(engine, meter, writes, input.ClientRequestToken, request);
  return consumedByEach(meter, input.ReturnConsumedCapacity);
});

function planOne(engine: Engine, item: z.infer<typeof transactItem>): Write {
  const plans = [
    item.Put && planPut(engine, item.Put),
    item.Update && planUpdate(engine, item.Update),
    item.Delete && planDelete(engine, item.Delete),
    item.ConditionCheck && planCheck(engine, item.ConditionCheck),
  ].filter((plan) => plan !== undefined);
  const [write] = plans;
  if (!write || plans.length > 1)
    throw validation('TransactItems can only contain one of Check, Put, Update or Delete');
  return write;
}

/** Applies the transaction, unless the same one was applied under its token: then it only costs its reads. */
function applyOnce(engine: Engine, meter: Meter, writes: Write[], token: string | undefined, request: string): void {
  const fingerprint = createHash('sha256').update(request).digest('hex');
  engine.change(() => {
    const known = token === undefined ? undefined : fingerprintOf(engine.db, token, engine.now());
    if (known === fingerprint) return readAgain(engine, meter, writes);
    if (known !== undefined)
      throw new DynamoDbError(
        'IdempotentParameterMismatchException',
        'The request uses the same client token as a previous, but non-identical request.',
      );
    performAll(engine, meter, writes);
    if (token !== undefined) rememberToken(engine.db, token, fingerprint, engine.now());
    return undefined;
  });
}

function readAgain(engine: Engine, meter: Meter, writes: Write[]): void {
  for (const write of writes) {
    const size = readItem(engine.db, write.table, write.locate())?.size ?? 0;
    meter.read(write.table, undefined, readUnits(size, 'transaction'));
  }
}
