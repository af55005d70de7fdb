import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import type { AttributeValue, TransactionCanceledException, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import {
  GetItemCommand,
  PutItemCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { createTable, key, n, refused, s, startEndpoint } from './endpoint.ts';

let now = Date.now();
const { client, close } = await startEndpoint({ now: () => now });
after(close);
await createTable(client, 'things');
await createTable(client, 'others');

type Item = Record<string, AttributeValue>;

const write = (TransactItems: TransactWriteItem[], ClientRequestToken?: string): Promise<unknown> =>
  client.send(new TransactWriteItemsCommand({ TransactItems, ClientRequestToken }));

const get = async (pk: string, TableName = 'things'): Promise<Item | undefined> =>
  (await client.send(new GetItemCommand({ TableName, Key: key(pk) }))).Item;

const put = (pk: string, more: Item = {}): TransactWriteItem => ({
  Put: { TableName: 'things', Item: { ...key(pk), ...more } },
});

const count = (pk: string, by = 1): TransactWriteItem => ({
  Update: {
    TableName: 'things',
    Key: key(pk),
    UpdateExpression: 'ADD tally :v',
    ExpressionAttributeValues: { ':v': n(by) },
  },
});

test('puts, updates, deletes and checks of several tables apply together', async () => {
  await write([put('gone')]);
  await write([
    put('put'),
    count('counted'),
    { Delete: { TableName: 'things', Key: key('gone') } },
    { ConditionCheck: { TableName: 'others', Key: key('x'), ConditionExpression: 'attribute_not_exists(pk)' } },
    { Put: { TableName: 'others', Item: key('there') } },
  ]);
  assert.deepEqual(await get('put'), key('put'));
  assert.deepEqual(await get('counted'), { ...key('counted'), tally: n(1) });
  assert.equal(await get('gone'), undefined);
  assert.deepEqual(await get('there', 'others'), key('there'));
});

test('one failed condition cancels everything and gives each item its reason', async () => {
  await client.send(new PutItemCommand({ TableName: 'things', Item: { ...key('taken'), owner: s('ann') } }));
  const refused: TransactWriteItem = {
    Put: {
      TableName: 'things',
      Item: key('taken'),
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
  await assert.rejects(write([put('never'), refused]), (error: TransactionCanceledException) => {
    assert.equal(error.name, 'TransactionCanceledException');
    assert.match(error.message, /\[None, ConditionalCheckFailed\]$/);
    assert.deepEqual(error.CancellationReasons?.[1]?.Item, { ...key('taken'), owner: s('ann') });
    return true;
  });
  assert.equal(await get('never'), undefined);
});

const MISTAKES: [string, TransactWriteItem, RegExp][] = [
  ['an operand of the wrong type', count('words'), /incorrect data type/],
  [
    'a path that leads nowhere',
    { Update: { TableName: 'things', Key: key('new'), UpdateExpression: 'SET a = b' } },
    /does not exist in the item/,
  ],
  ['an index key of the wrong type', put('bad', { score: s('x') }), /Type mismatch for Index Key/],
  [
    'a key of the wrong type',
    { Put: { TableName: 'things', Item: { pk: n(1), sk: n(1) } } },
    /Type mismatch for key pk/,
  ],
];

for (const [what, mistake, message] of MISTAKES)
  test(`${what} cancels with ValidationError`, async () => {
    await client.send(new PutItemCommand({ TableName: 'things', Item: { ...key('words'), tally: s('one') } }));
    await assert.rejects(write([put('never'), mistake]), (error: TransactionCanceledException) => {
      assert.deepEqual(
        error.CancellationReasons?.map(({ Code }) => Code),
        ['None', 'ValidationError'],
      );
      assert.match(String(error.CancellationReasons?.[1]?.Message), message);
      return true;
    });
    assert.equal(await get('never'), undefined);
  });

const REFUSED: [string, TransactWriteItem[], RegExp][] = [
  ['nothing', [], /transactItems/],
  ['101 items', Array.from({ length: 101 }, (_, i) => put(`p${i}`)), /transactItems/],
  ['two writes of one item', [put('twice'), count('twice')], /multiple operations on one item/],
  ['an item with two actions', [{ ...put('a'), ...count('b') }], /only contain one of Check, Put, Update or Delete/],
  [
    'a syntax error',
    [{ Update: { TableName: 'things', Key: key('a'), UpdateExpression: 'SET' } }],
    /Invalid UpdateExpression: Syntax error/,
  ],
  [
    'more than 4 MB',
    Array.from({ length: 11 }, (_, i) => put(`big${i}`, { v: s('v'.repeat(390 * 1024)) })),
    /exceeds 4 MB/,
  ],
];

for (const [what, items, message] of REFUSED)
  test(`refuses ${what}`, async () => {
    await refused(write(items), message);
  });

test('the same token applies once for ten minutes, and protects only its own transaction', async () => {
  await write([count('once')], 'token');
  await write([count('once')], 'token');
  assert.deepEqual((await get('once'))?.['tally'], n(1));
  await assert.rejects(write([count('once', 9)], 'token'), { name: 'IdempotentParameterMismatchException' });
  now += 10 * 60 * 1000;
  await write([count('once')], 'token');
  assert.deepEqual((await get('once'))?.['tally'], n(2));
});

test('a token of a cancelled transaction is free again', async () => {
  const guarded = { ...count('guarded').Update, ConditionExpression: 'attribute_exists(pk)' };
  const items = [{ Update: guarded }] as TransactWriteItem[];
  await assert.rejects(write(items, 'retry'), { name: 'TransactionCanceledException' });
  await write([put('guarded')]);
  await write(items, 'retry');
  assert.deepEqual((await get('guarded'))?.['tally'], n(1));
});

test('reads answer in order, with nothing for what is absent', async () => {
  await write([put('r1', { v: n(1), w: n(2) })]);
  const gets = [
    { Get: { TableName: 'things', Key: key('r1'), ProjectionExpression: 'v' } },
    { Get: { TableName: 'things', Key: key('absent') } },
  ];
  const { Responses } = await client.send(new TransactGetItemsCommand({ TransactItems: gets }));
  assert.deepEqual(Responses, [{ Item: { v: n(1) } }, {}]);
});
