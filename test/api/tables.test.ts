import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import type { ColumnType } from '@parley/core/edge/postgrest/query.ts';
import { tables } from '@parley/core/edge/tables.ts';
import { accountOf, rows, testCloud } from '../support/cloud.ts';
import type { Organization } from '../support/cloud.ts';
import { fillTables } from '../support/tables.ts';
import { liteInbound, post } from '../support/webhooks.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const phone = '+201551600001';
await post(liteInbound(accountOf(nile, 'whatsapp_lite'), phone, 'Hello'));
await cloud.drain();
await fillTables(cloud, nile, phone);

/** What a value of each type is on the wire. */
const isOf: Record<ColumnType, (value: unknown) => boolean> = {
  text: (value) => typeof value === 'string',
  timestamptz: (value) => typeof value === 'string' && new Date(value).toISOString() === value,
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
  json: (value) => value !== undefined,
  'text[]': (value) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
};

suite('tables', () => {
  after(() => cloud.close());

  for (const [name, { columns }] of Object.entries(tables)) {
    test(`every row of ${name} has every column`, async () => {
      const found = await rows(cloud, nile, name);
      assert.ok(found.length > 0);
      for (const row of found) {
        assert.deepEqual(Object.keys(row), Object.keys(columns));
        for (const [column, type] of Object.entries(columns) as [string, ColumnType][])
          assert.ok(row[column] === null || isOf[type](row[column]), `${column} ${JSON.stringify(row[column])}`);
      }
    });
  }
});
