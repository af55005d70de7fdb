import * as z from 'zod/mini';
import { consumedByOne } from '../capacity/meter.ts';
import { putFields } from '../writes/inputs.ts';
import { planPut } from '../writes/plan.ts';
import { perform } from '../writes/write.ts';
import { capacityField } from '../fields.ts';
import { operation } from './operation.ts';
import { oldAttributes, oldOnlyField } from './return-values.ts';

export const putItem = operation(
  z.object({ ...putFields, ...capacityField, ...oldOnlyField }),
  ({ engine, meter }, input) => {
    const outcome = perform(engine, meter, planPut(engine, input));
    return { ...oldAttributes(input.ReturnValues, outcome), ...consumedByOne(meter, input.ReturnConsumedCapacity) };
  },
);
