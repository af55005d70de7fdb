import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import test from 'node:test';
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
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    TABLE_NAME: 'own',
  });
  const aside = Array.from({ length: 200 }, () => ({ reason: 'no id', raw: '{}' }));
  await quarantine('whatsapp_cloud', aside, { mail: {} });
  assert.equal(seen.length, 200);
  assert.ok(Math.max(...seen) <= 20, `${Math.max(...seen)} at once`);
});
