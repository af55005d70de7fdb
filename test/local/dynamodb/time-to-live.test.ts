import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import {
  DescribeTimeToLiveCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { createTable, key, n, s, sorted, startEndpoint } from './endpoint.ts';

let now = Date.now();
const { client, dynamo, close } = await startEndpoint({ now: () => now, ttlSweepMs: 10 });
after(close);
await createTable(client, 'things');

const seconds = (from: number): AttributeValue => n(Math.floor(now / 1000) + from);

async function left(): Promise<string[]> {
  await sleep(100);
  const { Items } = await client.send(new ScanCommand({ TableName: 'things' }));
  return sorted((Items ?? []).map((item) => item['pk']?.S));
}

test('items go when their time has come, whether they came before or after it was switched on', async () => {
  const put = (pk: string, more: Record<string, AttributeValue>): Promise<unknown> =>
    client.send(new PutItemCommand({ TableName: 'things', Item: { ...key(pk), ...more } }));
  await put('before', { until: seconds(-10), club: s('c'), score: n(1) });
  await put('ancient', { until: seconds(-6 * 365 * 24 * 60 * 60) });
  await put('words', { until: s('1') });
  await put('later', { until: seconds(60) });
  assert.deepEqual(await left(), ['ancient', 'before', 'later', 'words']);
  const specification = { AttributeName: 'until', Enabled: true };
  await client.send(new UpdateTimeToLiveCommand({ TableName: 'things', TimeToLiveSpecification: specification }));
  assert.deepEqual(await left(), ['ancient', 'later', 'words']);
  await put('after', { until: seconds(-1) });
  assert.deepEqual(await left(), ['ancient', 'later', 'words']);
  now += 61_000;
  assert.deepEqual(await left(), ['ancient', 'words']);
});

test('the stream names the service as the author, and indexes forget the item', async () => {
  const removed = dynamo.streams.read('things', undefined, 100).filter((record) => record.eventName === 'REMOVE');
  assert.equal(removed.length, 3);
  for (const record of removed)
    assert.deepEqual(record.userIdentity, { type: 'Service', principalId: 'dynamodb.amazonaws.com' });
  const byClub = {
    IndexName: 'byClub',
    KeyConditionExpression: 'club = :c',
    ExpressionAttributeValues: { ':c': s('c') },
  };
  assert.equal((await client.send(new QueryCommand({ TableName: 'things', ...byClub }))).Count, 0);
});

test('the setting is described, and cannot be switched on twice or off under another name', async () => {
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: 'things' }));
  assert.deepEqual(TimeToLiveDescription, { TimeToLiveStatus: 'ENABLED', AttributeName: 'until' });
  const set = (AttributeName: string, Enabled: boolean): Promise<unknown> =>
    client.send(
      new UpdateTimeToLiveCommand({ TableName: 'things', TimeToLiveSpecification: { AttributeName, Enabled } }),
    );
  await assert.rejects(set('until', true), /TimeToLive is already enabled/);
  await assert.rejects(set('other', false), /current AttributeName is until/);
  await set('until', false);
  await assert.rejects(set('until', false), /TimeToLive is already disabled/);
});
