import assert from 'node:assert/strict';
import test from 'node:test';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import {
  DeleteItemCommand,
  PutItemCommand,
  ScanCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { key, n, s } from './endpoint.ts';
import { startMetered } from './used.ts';

const { client, dynamo, put, used } = await startMetered();

type Item = Record<string, AttributeValue>;

const sized = (pk: string, bytes: number): Item => ({ ...key(pk), v: s('v'.repeat(bytes - 8 - pk.length + 1)) });

test('a put costs a unit for every kilobyte begun, of the larger of the two items', async () => {
  const costs: number[] = [];
  for (const bytes of [100, 1024, 1025, 3500, 100]) {
    await put(sized('p', bytes));
    costs.push(used()[1]);
  }
  assert.deepEqual(costs, [1, 1, 2, 4, 4]);
});

test('a delete costs the item, or one unit for nothing', async () => {
  await put(sized('d', 2500));
  dynamo.capacity.reset();
  await remove('d');
  assert.equal(used()[1], 3);
  await remove('d');
  assert.equal(used()[1], 1);
});

const WRITES: [string, Item, Item, Record<string, number>][] = [
  ['an entry appears', {}, { club: s('a') }, { clubKeys: 1 }],
  ['entries appear in all', {}, { club: s('a'), score: n(1) }, { byClub: 1, clubKeys: 1, byScore: 1 }],
  ['nothing indexed', { v: n(1) }, { v: n(2) }, {}],
  ['only what is not projected changes', { club: s('a'), v: n(1) }, { club: s('a'), v: n(2) }, {}],
  [
    'a projected attribute changes',
    { club: s('a'), score: n(1), v: n(1) },
    { club: s('a'), score: n(1), v: n(2) },
    { byClub: 1 },
  ],
  ['an included attribute changes', { score: n(1), note: s('a') }, { score: n(1), note: s('b') }, { byScore: 1 }],
  ['a sort key moves', { club: s('a'), score: n(1) }, { club: s('a'), score: n(2) }, { byClub: 2, byScore: 2 }],
  ['a partition key moves', { club: s('a'), score: n(1) }, { club: s('b'), score: n(1) }, { byClub: 2, clubKeys: 2 }],
  ['an entry goes', { club: s('a'), score: n(1) }, { score: n(1) }, { byClub: 1, clubKeys: 1 }],
  [
    'a large projection moves',
    { club: s('a'), score: n(1), v: s('v'.repeat(1500)) },
    { club: s('a'), score: n(2), v: s('v') },
    { byClub: 3, byScore: 2 },
  ],
];

for (const [what, before, afterwards, byIndex] of WRITES)
  test(`index writes: ${what}`, async () => {
    await put({ ...key('i'), ...before });
    dynamo.capacity.reset();
    await put({ ...key('i'), ...afterwards });
    const [, writes, share] = used();
    assert.deepEqual(share, byIndex);
    const table = before['v'] !== undefined && 'S' in before['v'] ? 2 : 1;
    assert.equal(writes, table + Object.values(byIndex).reduce((sum, units) => sum + units, 0));
    await client.send(new DeleteItemCommand({ TableName: 'things', Key: key('i') }));
  });

test('a failed condition costs a write of the item that failed it', async () => {
  await put(sized('c', 2500));
  dynamo.capacity.reset();
  const update = { TableName: 'things', UpdateExpression: 'REMOVE v', ConditionExpression: 'attribute_exists(gone)' };
  for (const [Key, units] of [
    [key('c'), 3],
    [key('absent'), 1],
  ] as const) {
    await assert.rejects(client.send(new UpdateItemCommand({ ...update, Key })), {
      name: 'ConditionalCheckFailedException',
    });
    const [call] = dynamo.capacity.read().calls;
    assert.deepEqual([call?.operation, call?.writeUnits, call?.conditionFailed], ['UpdateItem', units, true]);
    dynamo.capacity.reset();
  }
});

test('a transaction costs twice, indexes too, and so does one that is cancelled', async () => {
  const items = [
    { Put: { TableName: 'things', Item: { ...key('t1'), club: s('t') } } },
    { ConditionCheck: { TableName: 'things', Key: key('t2'), ConditionExpression: 'attribute_not_exists(pk)' } },
  ];
  await client.send(new TransactWriteItemsCommand({ TransactItems: items }));
  assert.deepEqual(used(), [0, 6, { clubKeys: 2 }]);
  await put(key('t2'));
  dynamo.capacity.reset();
  await assert.rejects(client.send(new TransactWriteItemsCommand({ TransactItems: items })));
  assert.deepEqual(used(), [0, 4, {}]);
  const gets = ['t1', 't2', 'absent'].map((pk) => ({ Get: { TableName: 'things', Key: key(pk) } }));
  await client.send(new TransactGetItemsCommand({ TransactItems: gets }));
  assert.deepEqual(used(), [6, 0, {}]);
});

test('a transaction repeated under its token costs only its reads', async () => {
  const input = { TransactItems: [{ Put: { TableName: 'things', Item: key('again') } }], ClientRequestToken: 'again' };
  await client.send(new TransactWriteItemsCommand(input));
  assert.deepEqual(used(), [0, 2, {}]);
  await client.send(new TransactWriteItemsCommand(input));
  assert.deepEqual(used(), [2, 0, {}]);
});

test('answers say what was used as asked', async () => {
  const Item = { ...key('asked'), club: s('a'), score: n(1) };
  const ask = async (ReturnConsumedCapacity: 'NONE' | 'TOTAL' | 'INDEXES'): Promise<object | undefined> => {
    await client.send(new DeleteItemCommand({ TableName: 'things', Key: key('asked') }));
    return (await client.send(new PutItemCommand({ TableName: 'things', Item, ReturnConsumedCapacity })))
      .ConsumedCapacity;
  };
  assert.equal(await ask('NONE'), undefined);
  assert.deepEqual(await ask('TOTAL'), { TableName: 'things', CapacityUnits: 4 });
  assert.deepEqual(await ask('INDEXES'), {
    TableName: 'things',
    CapacityUnits: 4,
    Table: { CapacityUnits: 1 },
    GlobalSecondaryIndexes: { byClub: { CapacityUnits: 1 }, clubKeys: { CapacityUnits: 1 } },
    LocalSecondaryIndexes: { byScore: { CapacityUnits: 1 } },
  });
});

test('the recorder names the operation, the table and the time of every call', async () => {
  const from = Date.now();
  await client.send(new ScanCommand({ TableName: 'things', Limit: 1 }));
  const [call] = dynamo.capacity.read().calls;
  assert.deepEqual([call?.operation, call?.table, call?.conditionFailed], ['Scan', 'things', false]);
  assert.ok(call && call.at >= from && call.at <= Date.now());
});

function remove(pk: string): Promise<unknown> {
  return client.send(new DeleteItemCommand({ TableName: 'things', Key: key(pk) }));
}
