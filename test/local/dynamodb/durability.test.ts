import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import test, { after } from 'node:test';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { DescribeTableCommand, PutItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { clientOf, createTable, key, n, s, startEndpoint } from './endpoint.ts';
import { eventually } from '../../support/eventually.ts';

const folder = await mkdtemp(join(tmpdir(), 'dynamodb-'));
after(() => rm(folder, { recursive: true }));

type Item = Record<string, AttributeValue>;

test('what was acknowledged survives kill -9, with its index entries and its stream', async () => {
  const file = join(folder, 'killed.sqlite');
  const acknowledged = await writeUntilKilled(file);
  assert.ok(acknowledged.length > 50);
  const { client, dynamo, close } = await startEndpoint({ file });
  const stored = await all(async (start) =>
    client.send(new ScanCommand({ TableName: 'things', ExclusiveStartKey: start })),
  );
  const indexed = await all(async (start) =>
    client.send(
      new QueryCommand({
        TableName: 'things',
        IndexName: 'byClub',
        KeyConditionExpression: 'club = :c',
        ExpressionAttributeValues: { ':c': s('c') },
        ExclusiveStartKey: start,
      }),
    ),
  );
  const streamed = dynamo.streams.read('things', undefined, 1_000_000).map((record) => record.dynamodb.Keys['pk']);
  await close();
  assert.deepEqual(
    acknowledged.filter((pk) => !stored.includes(pk)),
    [],
  );
  assert.deepEqual(indexed.toSorted(), stored.toSorted());
  assert.deepEqual(streamed.map((pk) => (pk && 'S' in pk ? pk.S : '')).toSorted(), stored.toSorted());
});

test('tables, settings, checkpoints and stream positions are there after a restart', async () => {
  const file = join(folder, 'restarted.sqlite');
  const first = await startEndpoint({ file });
  await createTable(first.client, 'things');
  await first.client.send(new PutItemCommand({ TableName: 'things', Item: key('before') }));
  const position = first.dynamo.streams.latest();
  first.dynamo.checkpoints.set('mapping', position);
  const described = await first.client.send(new DescribeTableCommand({ TableName: 'things' }));
  await first.close();
  const second = await startEndpoint({ file });
  assert.deepEqual(
    (await second.client.send(new DescribeTableCommand({ TableName: 'things' }))).Table,
    described.Table,
  );
  assert.equal(second.dynamo.checkpoints.get('mapping'), position);
  assert.equal(second.dynamo.checkpoints.get('unknown'), undefined);
  await second.client.send(new PutItemCommand({ TableName: 'things', Item: key('after') }));
  const records = second.dynamo.streams.read('things', position, 10);
  assert.deepEqual(
    records.map((record) => record.dynamodb.Keys),
    [key('after')],
  );
  await second.close();
});

/** Runs an endpoint in a process of its own, writes to it, kills it in the midst, and returns what it acknowledged. */
async function writeUntilKilled(file: string): Promise<string[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'endpoint-process.ts'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  const client = clientOf(url);
  await createTable(client, 'things');
  const acknowledged: string[] = [];
  const writers = Array.from({ length: 8 }, (_, writer) => writeOn(client, writer, acknowledged));
  await eventually('it is in the midst of it', () => acknowledged.length >= 200);
  child.kill('SIGKILL');
  await Promise.all(writers);
  client.destroy();
  return acknowledged;
}

async function writeOn(client: ReturnType<typeof clientOf>, writer: number, acknowledged: string[]): Promise<void> {
  for (let i = 0; ; i++) {
    const pk = `w${writer}-${i}`;
    const put = new PutItemCommand({ TableName: 'things', Item: { ...key(pk), club: s('c'), score: n(i) } });
    const isWritten = await client.send(put).then(
      () => true,
      () => false,
    );
    if (!isWritten) return;
    acknowledged.push(pk);
  }
}

async function all(
  page: (start: Item | undefined) => Promise<{ Items?: Item[] | undefined; LastEvaluatedKey?: Item | undefined }>,
): Promise<string[]> {
  const found: string[] = [];
  let start: Item | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await page(start);
    found.push(...Items.map((item) => String(item['pk']?.S)));
    start = LastEvaluatedKey;
  } while (start);
  return found;
}
