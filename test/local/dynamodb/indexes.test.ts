import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import type { AttributeValue, QueryCommandInput } from '@aws-sdk/client-dynamodb';
import {
  DeleteItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { createTable, key, keySchema, n, s, sorted, startEndpoint } from './endpoint.ts';

const { client, close } = await startEndpoint();
after(close);
await createTable(client, 'things');

type Item = Record<string, AttributeValue>;
type Index = 'byClub' | 'clubKeys' | 'byScore' | 'byNote';

const HASH: Record<Index, string> = { byClub: 'club', clubKeys: 'club', byScore: 'pk', byNote: 'note' };

async function find(IndexName: Index, value: string, more: Partial<QueryCommandInput> = {}): Promise<Item[]> {
  const command = new QueryCommand({
    TableName: 'things',
    IndexName,
    KeyConditionExpression: `${HASH[IndexName]} = :v`,
    ExpressionAttributeValues: { ':v': s(value) },
    ...more,
  });
  return (await client.send(command)).Items ?? [];
}

const put = (Item: Item): Promise<unknown> => client.send(new PutItemCommand({ TableName: 'things', Item }));

test('an index holds only items with its whole key, in its order', async () => {
  await put({ ...key('a'), club: s('sparse'), score: n(10), more: n(1) });
  await put({ ...key('b'), club: s('sparse'), score: n('-2'), more: n(2) });
  await put({ ...key('c'), club: s('sparse') });
  await put({ ...key('d'), score: n(1) });
  assert.deepEqual(
    (await find('byClub', 'sparse')).map((item) => item['pk']?.S),
    ['b', 'a'],
  );
  assert.deepEqual(sorted((await find('clubKeys', 'sparse')).map((item) => item['pk']?.S)), ['a', 'b', 'c']);
});

test('each projection returns what it holds', async () => {
  const item = { ...key('proj'), club: s('proj'), score: n(1), note: s('n'), more: n(1) };
  await put(item);
  assert.deepEqual(await find('byClub', 'proj'), [item]);
  assert.deepEqual(await find('clubKeys', 'proj'), [{ ...key('proj'), club: s('proj') }]);
  assert.deepEqual(await find('byScore', 'proj'), [{ ...key('proj'), score: n(1), note: s('n') }]);
});

test('a local index fetches what it does not hold, a global one refuses', async () => {
  await put({ ...key('fetch'), club: s('fetch'), score: n(1), more: n(7) });
  assert.deepEqual(await find('byScore', 'fetch', { ProjectionExpression: 'more' }), [{ more: n(7) }]);
  assert.deepEqual((await find('byScore', 'fetch', { Select: 'ALL_ATTRIBUTES' }))[0]?.['club'], s('fetch'));
  await assert.rejects(
    find('clubKeys', 'fetch', { ProjectionExpression: 'more' }),
    /clubKeys does not project \[more\]/,
  );
  await assert.rejects(find('clubKeys', 'fetch', { Select: 'ALL_ATTRIBUTES' }), /projection type is not ALL/);
  await assert.rejects(
    find('clubKeys', 'fetch', { ConsistentRead: true }),
    /not supported on global secondary indexes/,
  );
  assert.equal((await find('byScore', 'fetch', { ConsistentRead: true })).length, 1);
});

test('updates and deletes move and remove entries', async () => {
  await put({ ...key('moves'), club: s('from'), score: n(1) });
  const update = (UpdateExpression: string, value?: AttributeValue): Promise<unknown> =>
    client.send(
      new UpdateItemCommand({
        TableName: 'things',
        Key: key('moves'),
        UpdateExpression,
        ...(value ? { ExpressionAttributeValues: { ':v': value } } : {}),
      }),
    );
  await update('SET club = :v', s('to'));
  assert.deepEqual([(await find('byClub', 'from')).length, (await find('byClub', 'to')).length], [0, 1]);
  await update('REMOVE club');
  assert.equal((await find('clubKeys', 'to')).length, 0);
  await update('SET club = :v', s('to'));
  await client.send(new DeleteItemCommand({ TableName: 'things', Key: key('moves') }));
  assert.equal((await find('byClub', 'to')).length, 0);
});

for (const forward of [true, false])
  test(`pages ${forward ? 'forward' : 'backward'} go on among entries of one key`, async () => {
    const pks = ['t1', 't2', 't3', 't4', 't5'];
    for (const pk of pks) await put({ ...key(pk), club: s('ties'), score: n(pk === 't3' ? 1 : 2) });
    const seen: (string | undefined)[] = [];
    let start: Item | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: 'things',
          IndexName: 'byClub',
          KeyConditionExpression: 'club = :v',
          ExpressionAttributeValues: { ':v': s('ties') },
          Limit: 2,
          ScanIndexForward: forward,
          ExclusiveStartKey: start,
        }),
      );
      seen.push(...(page.Items ?? []).map((item) => item['pk']?.S));
      start = page.LastEvaluatedKey;
      if (start) assert.deepEqual(Object.keys(start).toSorted(), ['club', 'pk', 'score', 'sk']);
    } while (start);
    assert.deepEqual(sorted(seen), pks);
    assert.equal(seen.at(forward ? 0 : -1), 't3');
  });

test('an index added later holds the items already there; a deleted one is gone', async () => {
  await put({ ...key('noted'), note: s('find me') });
  const projection = { ProjectionType: 'ALL' as const };
  await client.send(
    new UpdateTableCommand({
      TableName: 'things',
      AttributeDefinitions: [{ AttributeName: 'note', AttributeType: 'S' }],
      GlobalSecondaryIndexUpdates: [
        { Create: { IndexName: 'byNote', KeySchema: keySchema('note'), Projection: projection } },
      ],
    }),
  );
  assert.equal((await find('byNote', 'find me')).length, 1);
  const scanned = await client.send(
    new ScanCommand({
      TableName: 'things',
      IndexName: 'byNote',
      FilterExpression: 'pk = :p',
      ExpressionAttributeValues: { ':p': s('noted') },
    }),
  );
  assert.equal(scanned.Count, 1);
  await client.send(
    new UpdateTableCommand({ TableName: 'things', GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'byNote' } }] }),
  );
  await assert.rejects(find('byNote', 'find me'), /does not have the specified index/);
});
