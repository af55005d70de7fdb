import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import test from 'node:test';
import { listenAt, stop } from '../support/loopback.ts';
import { quarantine } from '@parley/core/store/quarantine.ts';

test('what thousands of elements set aside is written some at a time: a function has 1,024 files and connections', async (t) => {
  const [now, seen] = [new Set<unknown>(), [] as number[]];
  const server = createServer((request, response) => {
    now.add(request);
    seen.push(now.size);
    setTimeout(() => {
      now.delete(request);
      response.end('{}');
    }, 5);
  });
  t.after(() => stop(server));
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: await listenAt(server),
    TABLE_NAME: 'own',
  });
  const aside = Array.from({ length: 200 }, () => ({ reason: 'no id', raw: '{}' }));
  await quarantine('whatsapp_cloud', aside, { mail: {} });
  assert.equal(seen.length, 200);
  assert.ok(Math.max(...seen) <= 20, `${Math.max(...seen)} at once`);
});
