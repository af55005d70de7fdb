import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  type Message,
} from '@aws-sdk/client-sqs';
import { startQueuesAndBuckets, type QueueSettings } from '@parley/local/queues-and-buckets/server.ts';

const standard: QueueSettings = {
  name: 'media',
  fifo: false,
  visibilityTimeout: 30,
  delaySeconds: 0,
  messageRetentionSeconds: 345_600,
  receiveWaitSeconds: 0,
  contentBasedDedup: false,
};
const fifo: QueueSettings = { ...standard, name: 'send.fifo', fifo: true, contentBasedDedup: true };

test('every way of asking gives loopback queue URLs, also after a restart on another port', async (t) => {
  const folder = temporaryFolder(t);
  const first = await startQueuesAndBuckets({ folder });
  first.ensure({ queues: [standard, fifo], buckets: [] });
  await first.close();
  const { server, client } = await started(t, folder, [standard, fifo]);
  const named = await client.send(new GetQueueUrlCommand({ QueueName: 'send.fifo' }));
  assert.equal(named.QueueUrl, server.queueUrl('send.fifo'));
  const listed = await client.send(new ListQueuesCommand({}));
  assert.deepEqual(listed.QueueUrls, [server.queueUrl('media'), server.queueUrl('send.fifo')]);
  assert.match(server.url, /^http:\/\/127\.0\.0\.1:\d+$/);
});

test('a changed template changes the queue and keeps its messages', async (t) => {
  const { server, client } = await started(t, temporaryFolder(t), [standard]);
  const QueueUrl = server.queueUrl('media');
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'kept' }));
  server.ensure({ queues: [{ ...standard, visibilityTimeout: 7 }], buckets: [] });
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  assert.equal(Attributes?.['VisibilityTimeout'], '7');
  assert.equal((await receive(client, QueueUrl))[0]?.Body, 'kept');
});

test('a FIFO group gives its next message only when the one before is deleted', async (t) => {
  const { server, client } = await started(t, temporaryFolder(t), [fifo]);
  const QueueUrl = server.queueUrl('send.fifo');
  for (const MessageBody of ['1', '2']) {
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId: 'conversation' }));
  }
  const [one, ...others] = await receive(client, QueueUrl);
  assert.deepEqual([one?.Body, others], ['1', []]);
  assert.deepEqual(await receive(client, QueueUrl), []);
  await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: one?.ReceiptHandle }));
  assert.equal((await receive(client, QueueUrl))[0]?.Body, '2');
});

test('a message received too often goes to the dead letter queue', async (t) => {
  const source = { ...standard, visibilityTimeout: 1, redrive: { deadLetterName: 'dead', maxReceiveCount: 1 } };
  const { server, client } = await started(t, temporaryFolder(t), [{ ...standard, name: 'dead' }, source]);
  await client.send(new SendMessageCommand({ QueueUrl: server.queueUrl('media'), MessageBody: 'poison' }));
  assert.equal((await receive(client, server.queueUrl('media'))).length, 1);
  assert.deepEqual(await receive(client, server.queueUrl('media'), 2), []);
  assert.equal((await receive(client, server.queueUrl('dead')))[0]?.Body, 'poison');
});

test('no message is hidden for more than twelve hours from its receive, and each receive begins anew', async (t) => {
  const { server, client } = await started(t, temporaryFolder(t), [standard]);
  const QueueUrl = server.queueUrl('media');
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'long' }));
  const [message] = await receive(client, QueueUrl);
  const hide = (ReceiptHandle: string | undefined, VisibilityTimeout: number) =>
    client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
  // so long that the same is allowed to a slow machine, too, from a receive on that has only just been
  await sleep(4100);
  await assert.rejects(hide(message?.ReceiptHandle, 43_196), /beyond the limit \[43200 seconds\]/);
  await hide(message?.ReceiptHandle, 43_100);
  await sleep(100);
  await assert.rejects(hide(message?.ReceiptHandle, 43_196), /InvalidParameterValue/);
  await hide(message?.ReceiptHandle, 0);
  const [again] = await receive(client, QueueUrl);
  await hide(again?.ReceiptHandle, 43_196);
});

test('a visibility timeout of 0 gives the message back at once', async (t) => {
  const { server, client } = await started(t, temporaryFolder(t), [standard]);
  const QueueUrl = server.queueUrl('media');
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'again' }));
  const [message] = await receive(client, QueueUrl);
  const back = { QueueUrl, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout: 0 };
  await client.send(new ChangeMessageVisibilityCommand(back));
  const [again] = await receive(client, QueueUrl);
  assert.equal(again?.Body, 'again');
  assert.equal(again.Attributes?.ApproximateReceiveCount, '2');
});

test('a waiting receive wakes when a message comes, when its delay ends, and not for an abandoned receive', async (t) => {
  const { server, client } = await started(t, temporaryFolder(t), [standard]);
  const QueueUrl = server.queueUrl('media');
  const leaving = new AbortController();
  const abandoned = client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }), {
    abortSignal: leaving.signal,
  });
  await sleep(100);
  leaving.abort();
  await assert.rejects(abandoned, { name: 'AbortError' });
  await sleep(50);
  const waiting = receive(client, QueueUrl, 20);
  await sleep(50);
  const sentAt = performance.now();
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'now', DelaySeconds: 0 }));
  assert.equal((await waiting)[0]?.Body, 'now');
  assert.ok(performance.now() - sentAt < 10_000, 'long before the receive would have ended');
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'later', DelaySeconds: 1 }));
  assert.equal((await receive(client, QueueUrl, 5))[0]?.Body, 'later');
  assert.ok(performance.now() - sentAt > 900);
});

test('after a restart what was being worked on is due at once, and what was postponed is not', async (t) => {
  const folder = temporaryFolder(t);
  const first = await started(t, folder, [standard]);
  const QueueUrl = first.server.queueUrl('media');
  for (const MessageBody of ['worked on', 'postponed']) {
    await first.client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  }
  const received = await receive(first.client, QueueUrl);
  const later = received.find(({ Body }) => Body === 'postponed');
  const postponed = { QueueUrl, ReceiptHandle: later?.ReceiptHandle, VisibilityTimeout: 60 };
  await first.client.send(new ChangeMessageVisibilityCommand(postponed));
  await first.server.close();
  const again = await started(t, folder, [standard]);
  const due = await receive(again.client, again.server.queueUrl('media'));
  assert.deepEqual(
    due.map(({ Body }) => Body),
    ['worked on'],
  );
});

async function started(t: TestContext, folder: string, queues: readonly QueueSettings[]) {
  const server = await startQueuesAndBuckets({ folder });
  server.ensure({ queues, buckets: [] });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new SQSClient({ endpoint: server.url, region: 'us-east-1', credentials });
  t.after(async () => {
    client.destroy();
    await server.close();
  });
  return { server, client };
}

async function receive(client: SQSClient, QueueUrl: string, WaitTimeSeconds = 0): Promise<Message[]> {
  const answer = await client.send(
    new ReceiveMessageCommand({
      QueueUrl,
      WaitTimeSeconds,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['All'],
    }),
  );
  return answer.Messages ?? [];
}

function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-queues-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
