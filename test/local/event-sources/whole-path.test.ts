import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { startEventSources } from '@parley/local/event-sources/event-sources.ts';
import { startFunctions, type FunctionSettings } from '@parley/local/functions/functions.ts';
import { queueDefaults, queueOf, startCloud, streamOf } from './cloud.ts';

const dispatch = `import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
  const sqs = new SQSClient({});
  export async function handler({ Records }) {
    for (const { dynamodb } of Records) {
      await sqs.send(new SendMessageCommand({
        QueueUrl: process.env.QUEUE_URL, MessageBody: dynamodb.Keys.sk.S, MessageGroupId: dynamodb.Keys.pk.S,
      }));
    }
    return { batchItemFailures: [] };
  }`;
const sender = `export async function handler({ Records }) { for (const { body } of Records) console.log('sent ' + body) }`;

test('a write goes by the stream to one function and by a queue to the next, each in its own worker', async (t) => {
  const cloud = await startCloud(t, [{ ...queueDefaults, name: 'sends.fifo', fifo: true, visibilityTimeout: 30 }]);
  const folder = mkdtempSync(join(tmpdir(), 'parley-path-'));
  const lines: string[] = [];
  const functions = startFunctions(
    [
      lambda(folder, 'dispatch', dispatch, { QUEUE_URL: cloud.messaging.queueUrl('sends.fifo') }),
      lambda(folder, 'sender', sender, {}),
    ],
    {
      environment: {
        AWS_ENDPOINT_URL_SQS: cloud.messaging.url,
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
      },
      log: (line) => lines.push(line),
    },
  );
  const sources = startEventSources(
    [
      streamOf({}, { id: 'stream', functionName: 'dispatch' }),
      queueOf('sends.fifo', { id: 'queue', functionName: 'sender' }),
    ],
    {
      invoke: functions.invoke,
      streams: cloud.database.streams,
      checkpoints: cloud.database.checkpoints,
      queuesUrl: cloud.messaging.url,
      hasVisible: cloud.messaging.hasVisible,
      log: (line) => lines.push(line),
    },
  );
  t.after(async () => {
    await Promise.all([sources.close(), functions.close()]);
    rmSync(folder, { recursive: true, force: true });
  });
  for (const sk of ['1', '2', '3', '4']) await cloud.put('conversation', sk);
  await sources.drain();
  await functions.close();
  assert.deepEqual(
    lines,
    ['1', '2', '3', '4'].map((sk) => `[sender] sent ${sk}`),
  );
});

function lambda(folder: string, name: string, source: string, environment: Record<string, string>): FunctionSettings {
  const codeDir = join(folder, name);
  mkdirSync(codeDir);
  writeFileSync(join(codeDir, 'index.mjs'), source);
  return { name, codeDir, layerDirs: [], handler: 'index.handler', environment, timeoutSeconds: 10, memoryMb: 256 };
}
