import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { DeleteItemCommand, PutItemCommand, UpdateItemCommand, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import type { ShardIteratorType } from '@aws-sdk/client-dynamodb-streams';
import {
  DescribeStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { createTable, key, n, startEndpoint } from './endpoint.ts';
import { eventually } from '../../support/eventually.ts';

let now = 1_800_000_000_500;
const { client, streams, dynamo, close } = await startEndpoint({ now: () => now, ttlSweepMs: 20 });
after(close);

const put = (TableName: string, pk: string, v: number): Promise<unknown> =>
  client.send(new PutItemCommand({ TableName, Item: { ...key(pk), v: n(v) } }));

async function iterator(table: string, ShardIteratorType: ShardIteratorType, SequenceNumber?: string): Promise<string> {
  const { Streams } = await streams.send(new ListStreamsCommand({ TableName: table }));
  const StreamArn = Streams?.[0]?.StreamArn;
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  assert.equal(StreamDescription?.Shards?.length, 1);
  const ShardId = StreamDescription.Shards[0]?.ShardId;
  const command = new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType, SequenceNumber });
  return String((await streams.send(command)).ShardIterator);
}

test('records tell what happened, in the shape functions get', async () => {
  await createTable(client, 'things');
  await put('things', 'a', 1);
  await put('things', 'a', 2);
  await client.send(new DeleteItemCommand({ TableName: 'things', Key: key('a') }));
  const records = dynamo.streams.read('things', undefined, 10);
  assert.deepEqual(
    records.map((record) => [record.eventName, record.dynamodb.OldImage?.['v'], record.dynamodb.NewImage?.['v']]),
    [
      ['INSERT', undefined, n(1)],
      ['MODIFY', n(1), n(2)],
      ['REMOVE', n(2), undefined],
    ],
  );
  const { eventID, dynamodb, eventSourceARN, ...rest } = records[0] ?? assert.fail('no record');
  assert.match(eventID, /^[0-9a-f]{32}$/);
  assert.match(
    eventSourceARN,
    /^arn:aws:dynamodb:us-east-1:000000000000:table\/things\/stream\/2027-01-15T08:00:00\.500$/,
  );
  assert.deepEqual(rest, {
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'us-east-1',
  });
  assert.match(dynamodb.SequenceNumber, /^\d{21,40}$/);
  assert.deepEqual(
    [dynamodb.Keys, dynamodb.ApproximateCreationDateTime, dynamodb.SizeBytes, dynamodb.StreamViewType],
    // Keys pk (2 + 1) and sk (2 + 2), then the image: the keys and v (1 + 2).
    [key('a'), 1_800_000_000, 17, 'NEW_AND_OLD_IMAGES'],
  );
});

test('a write that changes nothing leaves no record', async () => {
  await createTable(client, 'still');
  await put('still', 'a', 1);
  await put('still', 'a', 1);
  const update = {
    TableName: 'still',
    Key: key('a'),
    UpdateExpression: 'SET v = :v',
    ExpressionAttributeValues: { ':v': n('1.0') },
  };
  await client.send(new UpdateItemCommand(update));
  await client.send(new DeleteItemCommand({ TableName: 'still', Key: key('absent') }));
  assert.equal(dynamo.streams.read('still', undefined, 10).length, 1);
});

for (const [view, images] of [
  ['KEYS_ONLY', [undefined, undefined]],
  ['NEW_IMAGE', [undefined, n(2)]],
  ['OLD_IMAGE', [n(1), undefined]],
] as const)
  test(`${view} carries only that`, async () => {
    await createTable(client, view, { StreamSpecification: { StreamEnabled: true, StreamViewType: view } });
    await put(view, 'a', 1);
    await put(view, 'a', 2);
    const record = dynamo.streams.read(view, undefined, 10)[1]?.dynamodb;
    assert.deepEqual([record?.OldImage?.['v'], record?.NewImage?.['v']], images);
    assert.deepEqual(record?.Keys, key('a'));
  });

test('each kind of iterator starts where it says, and the next one goes on', async () => {
  await createTable(client, 'places');
  const latest = await iterator('places', 'LATEST');
  for (const v of [1, 2, 3]) await put('places', 'a', v);
  assert.deepEqual((await read(latest)).values, ['1', '2', '3']);
  const first = await read(await iterator('places', 'TRIM_HORIZON'), 2);
  assert.deepEqual(first.values, ['1', '2']);
  assert.deepEqual((await read(first.next)).values, ['3']);
  const second = dynamo.streams.read('places', undefined, 10)[1]?.dynamodb.SequenceNumber;
  assert.deepEqual((await read(await iterator('places', 'AT_SEQUENCE_NUMBER', second))).values, ['2', '3']);
  assert.deepEqual((await read(await iterator('places', 'AFTER_SEQUENCE_NUMBER', second))).values, ['3']);
  await assert.rejects(iterator('places', 'AT_SEQUENCE_NUMBER', '1'.repeat(21)), {
    name: 'TrimmedDataAccessException',
  });
  now += 15 * 60 * 1000 + 1;
  await assert.rejects(read(first.next), { name: 'ExpiredIteratorException' });
});

test('readers go on after a sequence number and are woken after each commit', async () => {
  await createTable(client, 'woken');
  const seen: number[] = [];
  const stop = dynamo.streams.onRecords('woken', () => {
    seen.push(dynamo.streams.read('woken', undefined, 10).length);
  });
  const from = dynamo.streams.latest();
  await put('woken', 'a', 1);
  await put('woken', 'a', 2);
  await put('places', 'b', 1);
  stop();
  await put('woken', 'a', 3);
  assert.deepEqual(seen, [1, 2]);
  const [one] = dynamo.streams.read('woken', from, 1);
  assert.deepEqual(one?.dynamodb.NewImage?.['v'], n(1));
  assert.deepEqual(
    dynamo.streams.read('woken', one?.dynamodb.SequenceNumber, 10).map(({ dynamodb }) => dynamodb.NewImage?.['v']),
    [n(2), n(3)],
  );
});

test('records are kept for a day', async () => {
  await createTable(client, 'old');
  await put('old', 'a', 1);
  now += 23 * 60 * 60 * 1000;
  await put('old', 'a', 2);
  now += 60 * 60 * 1000 + 1;
  await eventually('the old one is gone', () => dynamo.streams.read('old', undefined, 10).length === 1);
  assert.deepEqual(
    dynamo.streams.read('old', undefined, 10).map(({ eventName }) => eventName),
    ['MODIFY'],
  );
});

test('a stream can be switched off, and on again as a new one', async () => {
  await createTable(client, 'switched');
  await put('switched', 'a', 1);
  const change = (StreamEnabled: boolean): Promise<unknown> => {
    const StreamSpecification = StreamEnabled
      ? { StreamEnabled, StreamViewType: 'NEW_IMAGE' as const }
      : { StreamEnabled };
    return client.send(new UpdateTableCommand({ TableName: 'switched', StreamSpecification }));
  };
  await change(false);
  await put('switched', 'a', 2);
  assert.deepEqual((await streams.send(new ListStreamsCommand({ TableName: 'switched' }))).Streams, []);
  await change(true);
  await put('switched', 'a', 3);
  assert.deepEqual(
    dynamo.streams.read('switched', undefined, 10).map(({ dynamodb }) => dynamodb.NewImage?.['v']),
    [n(3)],
  );
});

async function read(ShardIterator: string, Limit?: number): Promise<{ values: unknown[]; next: string }> {
  const { Records = [], NextShardIterator } = await streams.send(new GetRecordsCommand({ ShardIterator, Limit }));
  return { values: Records.map((record) => record.dynamodb?.NewImage?.['v']?.N), next: String(NextShardIterator) };
}
