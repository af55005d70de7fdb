import * as z from 'zod/mini';
import { consumedByOne } from '../capacity/meter.ts';
import { findAndBill, getFields, planGet } from '../reads/get.ts';
import { capacityField } from '../fields.ts';
import { operation } from './operation.ts';

export const getItem = operation(
  z.object({ ...getFields, ...capacityField, ConsistentRead: z.optional(z.boolean()) }),
  ({ engine, meter }, input) => {
    const { item } = findAndBill(meter, planGet(engine, input), input.ConsistentRead ? 'strong' : 'eventual');
    return { ...(item ? { Item: item } : {}), ...consumedByOne(meter, input.ReturnConsumedCapacity) };
  },
);
