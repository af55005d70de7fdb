import assert from 'node:assert/strict';
import { after, beforeEach } from 'node:test';
import { PutItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import type { DynamoDb } from '@parley/local/dynamodb/server.ts';
import { createTable, startEndpoint } from './endpoint.ts';

/** An endpoint with a table `things`, and what each call to it used. */
export async function startMetered() {
  const { client, dynamo, close } = await startEndpoint();
  after(close);
  await createTable(client, 'things');
  beforeEach(() => dynamo.capacity.reset());
  const put = (Item: Record<string, AttributeValue>): Promise<unknown> =>
    client.send(new PutItemCommand({ TableName: 'things', Item }));
  return { client, dynamo, put, used: () => usedBy(dynamo) };
}

/** What the only call since the last reset used: reads, writes, and the share of each index. Resets. */
function usedBy({ capacity }: DynamoDb): [number, number, Record<string, number>] {
  const { calls } = capacity.read();
  capacity.reset();
  const [call] = calls;
  assert.equal(calls.length, 1);
  return [call?.readUnits ?? 0, call?.writeUnits ?? 0, call?.byIndex ?? {}];
}
