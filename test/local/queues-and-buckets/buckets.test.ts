import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import aws4 from 'aws4';
import { startQueuesAndBuckets } from '@parley/local/queues-and-buckets/server.ts';

const region = 'us-east-1';
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

test('an object larger than a request of fauxqs comes back as it was stored', async (t) => {
  const { url } = await started(t, temporaryFolder(t));
  const client = s3(t, url);
  const Body = Buffer.alloc(12 * 1024 * 1024, 'x');
  await client.send(new PutObjectCommand({ Bucket: 'media', Key: 'a/video.mp4', Body, ContentType: 'video/mp4' }));
  const stored = await client.send(new GetObjectCommand({ Bucket: 'media', Key: 'a/video.mp4' }));
  assert.equal(stored.ContentType, 'video/mp4');
  assert.ok(Buffer.from((await stored.Body?.transformToByteArray()) ?? []).equals(Body));
});

test('an object is given to a presigned URL only: unchanged and in time', async (t) => {
  const { url } = await started(t, temporaryFolder(t));
  await s3(t, url).send(new PutObjectCommand({ Bucket: 'media', Key: 'note.txt', Body: 'secret' }));
  const good = presigned(url, '/media/note.txt', 'response-content-disposition=attachment%3B%20filename%3D%22n.txt%22');
  const answer = await fetch(good);
  assert.deepEqual([answer.status, await answer.text()], [200, 'secret']);
  assert.equal(answer.headers.get('content-disposition'), 'attachment; filename="n.txt"');
  const hour = 3_600_000;
  const expired = presigned(url, '/media/note.txt', '', new Date(Date.now() - hour));
  for (const bad of [`${url}/media/note.txt`, good.replace('n.txt', 'm.txt'), expired]) {
    assert.equal((await fetch(bad)).status, 403, bad);
  }
});

test('kill -9 loses no acknowledged message and no acknowledged object', async (t) => {
  const folder = temporaryFolder(t);
  const { url, kill } = await startedProcess(folder);
  const sqs = sqsClient(t, url);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'q' }));
  await s3(t, url).send(new PutObjectCommand({ Bucket: 'media', Key: 'k', Body: 'kept' }));
  const sent = Array.from({ length: 30 }, (_, index) =>
    sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: String(index) })),
  );
  await Promise.all(sent);
  await kill();
  const again = await started(t, folder);
  const object = await s3(t, again.url).send(new GetObjectCommand({ Bucket: 'media', Key: 'k' }));
  assert.equal(await object.Body?.transformToString(), 'kept');
  assert.equal((await receiveAll(sqsClient(t, again.url), again.queueUrl('q'))).size, 30);
});

test('a browser of an origin that the bucket allows may put and get, another may not', async (t) => {
  const server = await started(t, temporaryFolder(t));
  const rule = { methods: ['GET', 'PUT'], headers: ['*'], exposedHeaders: ['ETag'], maxAgeSeconds: 60 };
  server.ensure({ queues: [], buckets: [{ name: 'media', cors: [{ ...rule, origins: ['https://*.example.org'] }] }] });
  const preflight = (origin: string) =>
    fetch(`${server.url}/media/k`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'content-type' },
    });
  const allowed = await preflight('https://inbox.example.org');
  assert.equal(allowed.status, 200);
  assert.equal(allowed.headers.get('access-control-allow-origin'), 'https://inbox.example.org');
  assert.equal(allowed.headers.get('access-control-allow-headers'), 'content-type');
  const refused = await preflight('https://example.com');
  assert.deepEqual([refused.status, refused.headers.get('access-control-allow-origin')], [403, null]);
  const got = await fetch(`${server.url}/media/k`, { headers: { origin: 'https://inbox.example.org' } });
  assert.deepEqual([got.status, got.headers.get('access-control-expose-headers')], [403, 'ETag']);
});

async function receiveAll(client: SQSClient, QueueUrl: string): Promise<Set<string>> {
  const bodies = new Set<string>();
  for (;;) {
    const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    if (Messages.length === 0) return bodies;
    for (const { Body = '' } of Messages) bodies.add(Body);
  }
}

async function started(t: TestContext, folder: string) {
  const server = await startQueuesAndBuckets({ folder });
  server.ensure({ queues: [], buckets: [{ name: 'media', cors: [] }] });
  t.after(() => server.close());
  return server;
}

async function startedProcess(folder: string) {
  const script = fileURLToPath(new URL('./server-process.ts', import.meta.url));
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const kill = async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { url: line.toString().trim(), kill };
}

function presigned(url: string, path: string, query: string, at = new Date()): string {
  const { host } = new URL(url);
  const signed = aws4.sign(
    {
      host,
      path: `${path}?X-Amz-Expires=60&X-Amz-Date=${at.toISOString().replaceAll(/[-:]|\.\d+/g, '')}&${query}`,
      service: 's3',
      region,
      signQuery: true,
    },
    credentials,
  );
  return `${url}${signed.path}`;
}

function s3(t: TestContext, endpoint: string): S3Client {
  const client = new S3Client({ endpoint, region, credentials });
  t.after(() => client.destroy());
  return client;
}

function sqsClient(t: TestContext, endpoint: string): SQSClient {
  const client = new SQSClient({ endpoint, region, credentials });
  t.after(() => client.destroy());
  return client;
}

function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-buckets-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
