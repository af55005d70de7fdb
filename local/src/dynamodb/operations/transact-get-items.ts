import * as z from 'zod/mini';
import { consumedByEach } from '../capacity/meter.ts';
import { capacityField } from '../fields.ts';
import { findAndBill, getFields, planGet } from '../reads/get.ts';
import { operation } from './operation.ts';

const transactInput = z.object({
  TransactItems: z.array(z.object({ Get: z.object(getFields) })).check(z.minLength(1), z.maxLength(100)),
  ...capacityField,
});

export const transactGetItems = operation(transactInput, ({ engine, meter }, input) => {
  const gets = input.TransactItems.map(({ Get }) => planGet(engine, Get));
  const found = gets.map((get) => findAndBill(meter, get, 'transaction').item);
  return {
    Responses: found.map((item) => (item ? { Item: item } : {})),
    ...consumedByEach(meter, input.ReturnConsumedCapacity),
  };
});
