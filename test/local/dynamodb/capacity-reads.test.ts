import assert from 'node:assert/strict';
import test from 'node:test';
import { BatchGetItemCommand, BatchWriteItemCommand, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { key, n, s } from './endpoint.ts';
import { startMetered } from './used.ts';

const { client, dynamo, put, used } = await startMetered();

test('a read costs half a unit for every 4 KB begun, a consistent one a whole, nothing found the least', async () => {
  await put({ ...key('g'), v: s('v'.repeat(4090)) });
  dynamo.capacity.reset();
  const costs: number[] = [];
  for (const [pk, ConsistentRead] of [
    ['g', false],
    ['g', true],
    ['absent', false],
    ['absent', true],
  ] as const) {
    await client.send(new GetItemCommand({ TableName: 'things', Key: key(pk), ConsistentRead }));
    costs.push(used()[0]);
  }
  assert.deepEqual(costs, [1, 2, 0.5, 1]);
});

test('a query adds items up before rounding, filtered or not; an empty one costs half a unit', async () => {
  for (let i = 0; i < 10; i++) await put({ ...key('q', i), v: s('v'.repeat(1000)) });
  dynamo.capacity.reset();
  assert.equal(await queryTable('q'), 1.5);
  assert.equal(await queryTable('q', { ConsistentRead: true, FilterExpression: 'attribute_exists(gone)' }), 3);
  assert.equal(await queryTable('q', { Limit: 4 }), 0.5);
  assert.equal(await queryTable('absent'), 0.5);
});

test('reading an index costs what it holds; fetching from the table costs each item again', async () => {
  for (let i = 0; i < 3; i++) await put({ ...key('x', i), score: n(i), club: s('x'), v: s('v'.repeat(3000)) });
  dynamo.capacity.reset();
  assert.deepEqual(await queryIndex('byClub', 'club'), [1.5, 0, { byClub: 1.5 }]);
  assert.deepEqual(await queryIndex('clubKeys', 'club'), [0.5, 0, { clubKeys: 0.5 }]);
  assert.deepEqual(await queryIndex('byScore', 'pk'), [0.5, 0, { byScore: 0.5 }]);
  assert.deepEqual(await queryIndex('byScore', 'pk', { ProjectionExpression: 'v' }), [2, 0, { byScore: 0.5 }]);
});

test('a batch rounds every item by itself', async () => {
  await put({ ...key('b', 1), v: s('v'.repeat(1500)) });
  await put(key('b', 2));
  dynamo.capacity.reset();
  await client.send(
    new BatchGetItemCommand({ RequestItems: { things: { Keys: [key('b', 1), key('b', 2), key('b', 3)] } } }),
  );
  assert.deepEqual(used()[0], 1.5);
  const requests = [1, 2].map((sk) => ({ PutRequest: { Item: key('b', sk) } }));
  await client.send(new BatchWriteItemCommand({ RequestItems: { things: requests } }));
  assert.deepEqual(used()[1], 3);
});

/** What a query of one partition reads. */
async function queryTable(pk: string, more: object = {}): Promise<number> {
  const input = { TableName: 'things', KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': s(pk) } };
  await client.send(new QueryCommand({ ...input, ...more }));
  return used()[0];
}

/** What a query of the index for the key `x` uses. */
async function queryIndex(IndexName: string, name: string, more: object = {}): Promise<ReturnType<typeof used>> {
  const KeyConditionExpression = `${name} = :x`;
  const input = { TableName: 'things', KeyConditionExpression, ExpressionAttributeValues: { ':x': s('x') } };
  await client.send(new QueryCommand({ IndexName, ...input, ...more }));
  return used();
}
