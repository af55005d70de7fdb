import * as z from 'zod/mini';
import { consumedByOne } from '../capacity/meter.ts';
import { updateFields } from '../writes/inputs.ts';
import { planUpdate } from '../writes/plan.ts';
import { perform } from '../writes/write.ts';
import { capacityField } from '../fields.ts';
import { operation } from './operation.ts';
import { returnValuesField, updateAttributes } from './return-values.ts';

export const updateItem = operation(
  z.object({ ...updateFields, ...capacityField, ...returnValuesField }),
  ({ engine, meter }, input) => {
    const plan = planUpdate(engine, input);
    const outcome = perform(engine, meter, plan);
    return {
      ...updateAttributes(input.ReturnValues, outcome, plan.paths),
      ...consumedByOne(meter, input.ReturnConsumedCapacity),
    };
  },
);
