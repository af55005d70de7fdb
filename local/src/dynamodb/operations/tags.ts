import * as z from 'zod/mini';
import type { Engine } from '../engine.ts';
import { readTags } from '../tables/define.ts';
import { tagList } from '../tables/inputs.ts';
import type { Table } from '../tables/table.ts';
import { operation } from './operation.ts';

const resource = { ResourceArn: z.string() };

export const tagResource = operation(z.object({ ...resource, Tags: tagList }), ({ engine }, { ResourceArn, Tags }) => {
  const table = engine.catalog.require(ResourceArn);
  return retag(engine, table, { ...table.tags, ...readTags(Tags) });
});

export const untagResource = operation(
  z.object({ ...resource, TagKeys: z.array(z.string()) }),
  ({ engine }, { ResourceArn, TagKeys }) => {
    const table = engine.catalog.require(ResourceArn);
    return retag(
      engine,
      table,
      Object.fromEntries(Object.entries(table.tags).filter(([key]) => !TagKeys.includes(key))),
    );
  },
);

export const listTagsOfResource = operation(z.object(resource), ({ engine }, { ResourceArn }) => {
  const { tags } = engine.catalog.require(ResourceArn);
  return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
});

function retag(engine: Engine, table: Table, tags: Record<string, string>): object {
  engine.change(() => engine.catalog.replace({ ...table, tags }));
  return {};
}
