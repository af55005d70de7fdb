import * as z from 'zod/mini';
import { tableField } from '../fields.ts';
import type { Table } from '../tables/table.ts';
import { operation } from './operation.ts';

// The setting is kept and described, so that a template that asks for it deploys here; there is nothing to restore from.

const updateInput = z.object({
  ...tableField,
  PointInTimeRecoverySpecification: z.object({ PointInTimeRecoveryEnabled: z.boolean() }),
});

export const updateContinuousBackups = operation(updateInput, ({ engine }, input) => {
  const table = engine.catalog.require(input.TableName);
  const pointInTimeRecovery = input.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled;
  const updated = { ...table, pointInTimeRecovery };
  engine.change(() => engine.catalog.replace(updated));
  return describe(updated);
});

export const describeContinuousBackups = operation(z.object(tableField), ({ engine }, { TableName }) =>
  describe(engine.catalog.require(TableName)),
);

function describe(table: Table): object {
  const status = table.pointInTimeRecovery ? 'ENABLED' : 'DISABLED';
  return {
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: status },
    },
  };
}
