import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { readTemplate } from '@parley/local/template/read-template.ts';
import { resolve, type LiveUrls } from '@parley/local/template/resolve.ts';
import { synthesizeExample } from './example-app.ts';

const live: LiveUrls = {
  queues: 'http://127.0.0.1:1',
  httpApi: 'http://127.0.0.1:4000',
  webSocketApi: 'ws://127.0.0.1:4000/socket',
  webSocketManagement: 'http://127.0.0.1:2',
  userPools: 'http://127.0.0.1:3',
};
const folder = mkdtempSync(join(tmpdir(), 'parley-template-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const plan = resolve(readTemplate(synthesizeExample(folder)), live);
const [webhook, dispatch] = plan.functions;

test('a table keeps its keys, indexes, stream and time to live', () => {
  const [table] = plan.tables;
  assert.match(table?.name ?? '', /^Example-Table/);
  assert.deepEqual(
    { ...table, name: '' },
    {
      name: '',
      keySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      attributes: ['pk', 'sk', 'gpk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      globalIndexes: [
        {
          IndexName: 'inbox',
          KeySchema: [{ AttributeName: 'gpk', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      localIndexes: [],
      streamView: 'NEW_AND_OLD_IMAGES',
      ttlAttribute: 'ttl',
    },
  );
});

test('queues have their dead letter queues, and FIFO queues the suffix of their kind', () => {
  const sends = plan.queues.find(({ redrive }) => redrive);
  assert.match(sends?.name ?? '', /^Example-Sends.*\.fifo$/);
  assert.match(sends?.redrive?.deadLetterName ?? '', /^Example-DeadSends.*\.fifo$/);
  assert.ok(plan.queues.some(({ name }) => name === sends?.redrive?.deadLetterName));
  assert.deepEqual(
    { ...sends, name: '', redrive: sends?.redrive?.maxReceiveCount },
    {
      name: '',
      fifo: true,
      visibilityTimeout: 60,
      delaySeconds: 0,
      messageRetentionSeconds: 345_600,
      receiveWaitSeconds: 0,
      contentBasedDedup: true,
      redrive: 4,
    },
  );
});

test('functions have folders for their code and layers, and every variable its local value', () => {
  assert.equal(dispatch?.name, 'example-dispatch');
  assert.deepEqual([dispatch?.timeoutSeconds, dispatch?.memoryMb, dispatch?.environment], [3, 128, {}]);
  assert.deepEqual([webhook?.timeoutSeconds, webhook?.memoryMb, webhook?.handler], [10, 256, 'index.handler']);
  for (const each of [webhook?.codeDir ?? '', ...(webhook?.layerDirs ?? [])]) assert.ok(each.startsWith(folder), each);
  assert.match(webhook?.logGroup ?? '', /^Example-Logs/);
  assert.deepEqual(webhook?.environment, {
    TABLE: plan.tables[0]?.name,
    BUCKET: plan.buckets[0]?.name,
    QUEUE_URL: `http://127.0.0.1:1/000000000000/${plan.queues.find(({ redrive }) => redrive)?.name}`,
    KEY: plan.keys[0]?.id,
    HTTP: 'http://127.0.0.1:4000',
    SOCKET: 'ws://127.0.0.1:4000/socket/v1',
    PUSH: 'http://127.0.0.1:2/v1',
    POOL: plan.userPools[0]?.id,
    CLIENT: plan.userPoolClients[0]?.id,
    GROUP: 'messages',
  });
});

test('event source mappings keep every setting', () => {
  const stream = plan.eventSources.find(({ source }) => source.kind === 'stream');
  const queue = plan.eventSources.find(({ source }) => source.kind === 'queue');
  assert.deepEqual(
    { ...stream, id: '' },
    {
      id: '',
      functionName: 'example-dispatch',
      source: {
        kind: 'stream',
        table: plan.tables[0]?.name,
        partitionKey: 'pk',
        startingPosition: 'TRIM_HORIZON',
        maxRetries: 5,
        maxRecordAgeSeconds: -1,
        bisect: true,
        parallelizationFactor: 4,
        onFailureQueue: plan.queues.find(({ name }) => name.startsWith('Example-DeadLetters'))?.name,
      },
      batchSize: 100,
      windowSeconds: 1,
      filters: [{ eventName: ['INSERT'] }],
      partialFailures: true,
    },
  );
  const { name } = plan.queues.find(({ redrive }) => redrive) ?? {};
  assert.deepEqual(queue?.source, { kind: 'queue', queue: name, maximumConcurrency: 3 });
  assert.deepEqual([queue?.batchSize, queue?.partialFailures], [5, true]);
});

test('APIs have their routes, and outputs lead to this machine', () => {
  const functionName = webhook?.name;
  assert.deepEqual(plan.httpApi?.routes, [
    { method: 'GET', path: '/functions/v1/{name}', functionName },
    { method: 'POST', path: '/functions/v1/{name}', functionName },
    { method: 'ANY', path: '/{rest+}', functionName },
  ]);
  assert.equal(plan.httpApi?.stage, '$default');
  assert.deepEqual(plan.webSocketApi?.routes, [
    { key: '$connect', functionName, responds: false },
    { key: '$default', functionName, responds: false },
  ]);
  assert.equal(plan.webSocketApi?.stage, 'v1');
  assert.deepEqual(plan.outputs, { Url: 'http://127.0.0.1:4000/', SocketUrl: 'ws://127.0.0.1:4000/socket/v1' });
});

test('keys, schedule groups, user pools and buckets have the ids that references give', () => {
  const [key] = plan.keys;
  assert.match(key?.id ?? '', /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/);
  assert.deepEqual(key?.aliases, ['alias/example']);
  assert.deepEqual(plan.scheduleGroups, [{ name: 'messages' }]);
  assert.match(plan.userPools[0]?.id ?? '', /^us-east-1_[0-9a-f]{9}$/);
  assert.equal(plan.userPoolClients[0]?.userPoolId, plan.userPools[0]?.id);
  assert.match(plan.buckets[0]?.name ?? '', /^[a-z0-9-]+$/);
});
