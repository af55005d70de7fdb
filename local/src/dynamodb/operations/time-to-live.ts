import * as z from 'zod/mini';
import { validation } from '../errors.ts';
import { tableField } from '../fields.ts';
import { refreshExpiry } from '../storage/items.ts';
import { operation } from './operation.ts';

const updateInput = z.object({
  ...tableField,
  TimeToLiveSpecification: z.object({
    AttributeName: z.string().check(z.minLength(1), z.maxLength(255)),
    Enabled: z.boolean(),
  }),
});

export const updateTimeToLive = operation(updateInput, ({ engine }, { TableName, TimeToLiveSpecification }) => {
  const { ttlAttribute, ...table } = engine.catalog.require(TableName);
  const { AttributeName, Enabled } = TimeToLiveSpecification;
  if (Enabled === (ttlAttribute !== undefined))
    throw validation(`TimeToLive is already ${Enabled ? 'enabled' : 'disabled'}`);
  if (!Enabled && AttributeName !== ttlAttribute)
    throw validation(`TimeToLive is active on a different AttributeName: current AttributeName is ${ttlAttribute}`);
  const updated = Enabled ? { ...table, ttlAttribute: AttributeName } : table;
  engine.change(() => {
    engine.catalog.replace(updated);
    refreshExpiry(engine.db, updated);
  });
  return { TimeToLiveSpecification };
});

export const describeTimeToLive = operation(z.object(tableField), ({ engine }, { TableName }) => {
  const { ttlAttribute } = engine.catalog.require(TableName);
  return {
    TimeToLiveDescription:
      ttlAttribute === undefined
        ? { TimeToLiveStatus: 'DISABLED' }
        : { TimeToLiveStatus: 'ENABLED', AttributeName: ttlAttribute },
  };
});
