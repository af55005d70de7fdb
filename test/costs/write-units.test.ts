import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { bills } from '../../bench/bill.ts';
import { callsBeforeAnswer, measureCosts } from '../../bench/costs.ts';
import { testCloud } from '../support/cloud.ts';

const cloud = await testCloud();

test('a webhook makes one call before it answers', async () => {
  assert.deepEqual(await callsBeforeAnswer(cloud), ['PutItem']);
});

suite('what a message asks of DynamoDB', () => {
  let costs: Awaited<ReturnType<typeof measureCosts>>;

  before(async () => {
    costs = await measureCosts(cloud);
    console.table(costs);
  });

  test('a message costs no more write units than its budget', () => {
    for (const { path, writeUnits, budget } of Object.values(costs)) {
      assert.ok(writeUnits > 0, `${path}: nothing was counted`);
      assert.ok(writeUnits <= budget, `${path}: ${writeUnits} write units, the budget is ${budget}`);
    }
  });

  test('an outbound message with its statuses costs what was reckoned with, where a sender takes ten at once', () => {
    const [, outbound, full] = bills(costs);
    // now and then one reads again what is remembered for half a minute: 0.01 dollars for each unit that twelve messages share
    assert.ok(full && full.total <= full.budget, `${full?.total} dollars a million`);
    assert.ok(outbound && outbound.total <= 14.55, `${outbound?.total} dollars a million`);
  });

  test('no function writes a line of a message that goes well: each would be paid for', () => {
    assert.deepEqual(cloud.logs, []);
  });

  for (const [name, mostReadUnits, mostCalls] of [
    // one write; and a quarter of the feed's entry and of the look at who is connected
    ['status', 0.125, 1.5],
    // accepted: 1 read (2.5), 1 write; projected: 1 read (1), 1 write; sent: 3 reads (2.5), 2 writes; told twice: a write and a look (0.5)
    ['outboundAlone', 7, 13],
    // the conversation first (0.5), then its people: this one has two identities, so each time half a unit more
    ['answerAlone', 7.5, 14],
  ] as const) {
    test(`${name}: at most ${mostReadUnits} read units and ${mostCalls} calls`, () => {
      const { readUnits, calls } = costs[name];
      assert.ok(readUnits <= mostReadUnits, `${readUnits} read units`);
      assert.ok(calls <= mostCalls, `${calls} calls`);
    });
  }
});
