import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { changeVisibility, LONGEST_HIDE_MS } from '@parley/core/store/queues.ts';
import { startQueuesAndBuckets } from '@parley/local/queues-and-buckets/server.ts';

const queue = {
  name: 'sends',
  fifo: false,
  visibilityTimeout: 360,
  delaySeconds: 0,
  messageRetentionSeconds: 1_209_600,
  receiveWaitSeconds: 0,
  contentBasedDedup: false,
};

test('whatever a provider asks for, SQS takes how long a message is hidden', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-hide-'));
  const server = await startQueuesAndBuckets({ folder });
  t.after(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });
  server.ensure({ queues: [queue], buckets: [] });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_ENDPOINT_URL_SQS: server.url,
  });
  const client = new SQSClient({ endpoint: server.url, region: 'us-east-1', credentials });
  t.after(() => client.destroy());
  const QueueUrl = server.queueUrl('sends');
  const seconds = LONGEST_HIDE_MS / 1000;
  for (const asked of [seconds, 43_200, 10 * 86_400]) {
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: String(asked) }));
    const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl }));
    await changeVisibility(QueueUrl, Messages?.[0]?.ReceiptHandle ?? '', asked);
  }
  const AttributeNames = ['ApproximateNumberOfMessagesNotVisible' as const];
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
  assert.equal(Attributes?.['ApproximateNumberOfMessagesNotVisible'], '3');
});
