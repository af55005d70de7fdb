import assert from 'node:assert/strict';
import test from 'node:test';
import { callsBeforeAnswer, measureCosts } from '../../bench/costs.ts';
import { testCloud } from '../support/cloud.ts';

const cloud = await testCloud();

test('a message costs no more than its budget', async () => {
  const costs = await measureCosts(cloud);
  console.table(costs);
  for (const { path, writeUnits, budget } of costs) {
    assert.ok(writeUnits > 0, `${path}: nothing was counted`);
    assert.ok(writeUnits <= budget, `${path}: ${writeUnits} write units, the budget is ${budget}`);
  }
});

test('a webhook makes one call before it answers', async () => {
  assert.deepEqual(await callsBeforeAnswer(cloud), ['PutItem']);
});
