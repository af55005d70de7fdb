import assert from 'node:assert/strict';
import test, { after, beforeEach } from 'node:test';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { clientOf, createTable, key, n, startEndpoint } from './endpoint.ts';

const { client, dynamo, close } = await startEndpoint();
after(close);
await createTable(client, 'things');
beforeEach(() => dynamo.faults.clear());

const put = (pk: string, from = client): Promise<unknown> =>
  from.send(new PutItemCommand({ TableName: 'things', Item: { ...key(pk), v: n(1) } }));
const isThere = async (pk: string): Promise<boolean> =>
  (await client.send(new GetItemCommand({ TableName: 'things', Key: key(pk) }))).Item !== undefined;

test('a fault answers instead of the calls it is meant for, as often as told', async () => {
  dynamo.faults.add({ operation: 'PutItem', error: 'ProvisionedThroughputExceededException', times: 2 });
  assert.equal(await isThere('throttled'), false);
  await assert.rejects(put('throttled'), { name: 'ProvisionedThroughputExceededException' });
  await assert.rejects(put('throttled'), { name: 'ProvisionedThroughputExceededException' });
  assert.equal(await isThere('throttled'), false);
  await put('throttled');
  assert.equal(await isThere('throttled'), true);
});

test('a client that retries gets through', async () => {
  const retrying = clientOf(dynamo.url, 3);
  dynamo.faults.add({ operation: 'PutItem', error: 'InternalServerError', times: 2 });
  await put('retried', retrying);
  assert.equal(await isThere('retried'), true);
  retrying.destroy();
});

test('a match looks at the input', async () => {
  dynamo.faults.add({ operation: 'PutItem', match: isUnlucky, error: 'InternalServerError' });
  await put('lucky');
  await assert.rejects(put('unlucky'), { name: 'InternalServerError' });
});

test('a call may be applied although its answer is an error', async () => {
  dynamo.faults.add({ operation: 'PutItem', error: 'InternalServerError', applied: true });
  await assert.rejects(put('applied'), { name: 'InternalServerError' });
  assert.equal(await isThere('applied'), true);
});

for (const [error, applied] of [
  ['drop_connection_before', false],
  ['drop_connection_after', true],
] as const)
  test(`${error}: the caller hears nothing, the call was ${applied ? '' : 'not '}applied`, async () => {
    dynamo.faults.add({ operation: 'PutItem', error });
    await assert.rejects(put(error), /socket hang up|ECONNRESET|aborted/);
    assert.equal(await isThere(error), applied);
  });

test('a delay alone only takes time', async () => {
  dynamo.faults.add({ operation: 'PutItem', delayMs: 60 });
  const from = performance.now();
  await put('late');
  assert.ok(performance.now() - from >= 55);
});

test('clearing forgets what is left', async () => {
  dynamo.faults.add({ error: 'ThrottlingException', times: 100 });
  dynamo.faults.clear();
  await put('cleared');
});

function isUnlucky(input: unknown): boolean {
  return JSON.stringify(input).includes('unlucky');
}
