import assert from 'node:assert/strict';
import { once } from 'node:events';
import test from 'node:test';
import {
  DeleteConnectionCommand,
  GetConnectionCommand,
  GoneException,
  PayloadTooLargeException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { startApi, connect } from './start-api.ts';

test('the SDK posts to, looks at and deletes a connection, and learns when it is gone', async (t) => {
  const { url, find, client } = await startApi(t);
  const socket = await connect(url);
  const ConnectionId = find('CONNECT')?.requestContext.connectionId;
  const received = once(socket, 'message');
  await client.send(new PostToConnectionCommand({ ConnectionId, Data: 'héllo' }));
  const [data, isBinary] = (await received) as [Buffer, boolean];
  assert.deepEqual([data.toString(), isBinary], ['héllo', false]);
  const seen = await client.send(new GetConnectionCommand({ ConnectionId }));
  assert.equal(seen.Identity?.UserAgent, 'test');
  assert.ok((seen.LastActiveAt ?? 0) >= (seen.ConnectedAt ?? 1));
  const closed = once(socket, 'close');
  await client.send(new DeleteConnectionCommand({ ConnectionId }));
  await assert.rejects(client.send(new PostToConnectionCommand({ ConnectionId, Data: 'x' })), GoneException);
  assert.equal((await closed)[0], 1000);
  await assert.rejects(client.send(new GetConnectionCommand({ ConnectionId })), GoneException);
});

test('a post of 128 KB passes and one byte more is refused', async (t) => {
  const { url, find, client } = await startApi(t);
  const socket = await connect(url);
  const ConnectionId = find('CONNECT')?.requestContext.connectionId;
  const post = (bytes: number) =>
    client.send(new PostToConnectionCommand({ ConnectionId, Data: Buffer.alloc(bytes, 'a') }));
  const received = once(socket, 'message');
  await post(128 * 1024);
  assert.equal(((await received)[0] as Buffer).length, 128 * 1024);
  await assert.rejects(post(128 * 1024 + 1), PayloadTooLargeException);
});
