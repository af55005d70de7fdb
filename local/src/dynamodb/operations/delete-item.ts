import * as z from 'zod/mini';
import { consumedByOne } from '../capacity/meter.ts';
import { deleteFields } from '../writes/inputs.ts';
import { planDelete } from '../writes/plan.ts';
import { perform } from '../writes/write.ts';
import { capacityField } from '../fields.ts';
import { operation } from './operation.ts';
import { oldAttributes, oldOnlyField } from './return-values.ts';

export const deleteItem = operation(
  z.object({ ...deleteFields, ...capacityField, ...oldOnlyField }),
  ({ engine, meter }, input) => {
    const outcome = perform(engine, meter, planDelete(engine, input));
    return { ...oldAttributes(input.ReturnValues, outcome), ...consumedByOne(meter, input.ReturnConsumedCapacity) };
  },
);
