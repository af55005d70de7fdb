import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import type { WriteRequest } from '@aws-sdk/client-dynamodb';
import { BatchGetItemCommand, BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { createTable, key, n, refused, s, startEndpoint } from './endpoint.ts';

const { client, close } = await startEndpoint();
after(close);
await createTable(client, 'things');
await createTable(client, 'others');

const puts = (count: number): WriteRequest[] =>
  Array.from({ length: count }, (_, i) => ({ PutRequest: { Item: { ...key(`p${i}`), v: n(i) } } }));
const write = (RequestItems: Record<string, WriteRequest[]>): Promise<unknown> =>
  client.send(new BatchWriteItemCommand({ RequestItems }));

test('writes and reads several tables at once', async () => {
  await write({ things: puts(20), others: puts(5) });
  await write({ things: [{ DeleteRequest: { Key: key('p0') } }] });
  const { Responses, UnprocessedKeys } = await client.send(
    new BatchGetItemCommand({
      RequestItems: {
        things: { Keys: [key('p0'), key('p1'), key('p19')], ProjectionExpression: 'v' },
        others: { Keys: [key('p4'), key('p5')], ConsistentRead: true },
      },
    }),
  );
  assert.deepEqual(Responses, { things: [{ v: n(1) }, { v: n(19) }], others: [{ ...key('p4'), v: n(4) }] });
  assert.deepEqual(UnprocessedKeys, {});
});

test('what does not fit into 16 MB is handed back as unprocessed', async () => {
  const keys = Array.from({ length: 50 }, (_, i) => key('big', i));
  for (const Key of keys) await write({ things: [{ PutRequest: { Item: { ...Key, v: s('v'.repeat(390 * 1024)) } } }] });
  const { Responses, UnprocessedKeys } = await client.send(
    new BatchGetItemCommand({ RequestItems: { things: { Keys: keys } } }),
  );
  assert.equal(Responses?.['things']?.length, 42);
  assert.deepEqual(UnprocessedKeys?.['things']?.Keys, keys.slice(42));
});

const REFUSED: [string, Record<string, WriteRequest[]>, RegExp][] = [
  ['26 writes', { things: puts(26) }, /Too many items/],
  ['no writes', { things: [] }, /cannot be null or empty: things/],
  ['one item twice', { things: [...puts(1), { DeleteRequest: { Key: key('p0') } }] }, /contains duplicates/],
  ['a request that is neither', { things: [{}] }, /exactly one of PutRequest and DeleteRequest/],
];

for (const [what, items, message] of REFUSED)
  test(`refuses ${what}`, async () => {
    await refused(write(items), message);
  });

test('refuses to get one key twice, or 101', async () => {
  await assert.rejects(get([key('a', 1), key('a', '1.0')]), /contains duplicates/);
  await assert.rejects(get(Array.from({ length: 101 }, (_, i) => key('a', i))), /Too many items/);
});

function get(Keys: ReturnType<typeof key>[]): Promise<unknown> {
  return client.send(new BatchGetItemCommand({ RequestItems: { things: { Keys } } }));
}
