import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import test, { type TestContext } from 'node:test';
import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  GoneException,
  PayloadTooLargeException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { WebSocket } from 'ws';
import { createWebSocketApi } from '@parley/local/websocket-api/server.ts';
import type { WebSocketApiOptions } from '@parley/local/websocket-api/gateway.ts';

type SocketEvent = {
  requestContext: Record<string, unknown> & { connectionId: string; eventType: string };
  body?: string;
  headers?: Record<string, string>;
  multiValueHeaders?: Record<string, string[]>;
  queryStringParameters?: Record<string, string>;
  multiValueQueryStringParameters?: Record<string, string[]>;
};
type Answer = (functionName: string, event: SocketEvent) => unknown;

const accept: Answer = () => ({ statusCode: 200 });
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

async function startApi(t: TestContext, answer: Answer = accept, more: Partial<WebSocketApiOptions> = {}) {
  const events: { functionName: string; event: SocketEvent }[] = [];
  const api = createWebSocketApi({
    routes: [
      { key: '$connect', functionName: 'connect' },
      { key: '$disconnect', functionName: 'disconnect' },
      { key: '$default', functionName: 'other' },
      { key: 'ping', functionName: 'ping', responds: true },
    ],
    apiId: 'api',
    stage: 'live',
    routeSelectionExpression: '$request.body.type',
    async invoke(functionName, event) {
      events.push({ functionName, event: event as SocketEvent });
      return { ok: true, payload: await answer(functionName, event as SocketEvent) };
    },
    ...more,
  });
  const server = createServer().on('upgrade', (request, socket, head) => api.handleUpgrade(request, socket, head));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const management = await api.startManagementApi();
  const client = new ApiGatewayManagementApiClient({
    endpoint: `${management.url}/live`,
    region: 'us-east-1',
    credentials,
  });
  t.after(async () => {
    client.destroy();
    await api.close();
    server.close();
  });
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/live`;
  const find = (type: string) => events.find(({ event }) => event.requestContext.eventType === type)?.event;
  return { url, events, find, client, api };
}

async function connect(url: string, protocols: string[] = []): Promise<WebSocket> {
  const socket = new WebSocket(url, protocols, { headers: { 'User-Agent': 'test' } });
  await once(socket, 'open');
  return socket;
}

async function refusal(url: string): Promise<number | undefined> {
  const [, response] = (await once(
    new WebSocket(url).on('error', () => undefined),
    'unexpected-response',
  )) as [unknown, { statusCode?: number }];
  return response.statusCode;
}

function sendFrames(socket: WebSocket, count: number): void {
  for (let sent = 1; sent <= count; sent++) socket.send('x'.repeat(32 * 1024), { fin: sent === count });
}

async function waitFor<T>(read: () => T | undefined): Promise<T> {
  for (const end = Date.now() + 5000; Date.now() < end;) {
    const value = read();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('waited in vain');
}

test('$connect gets the handshake, with every header and query value', async (t) => {
  const { url, find } = await startApi(t, accept, { now: () => 1_700_000_000_000 });
  const socket = await connect(`${url}?apikey=k&a=1&a=2`);
  socket.close();
  const event = find('CONNECT');
  assert.equal(event?.headers?.['User-Agent'], 'test');
  assert.deepEqual(event?.multiValueHeaders?.['Sec-WebSocket-Version'], ['13']);
  assert.deepEqual(event?.queryStringParameters, { apikey: 'k', a: '2' });
  assert.deepEqual(event?.multiValueQueryStringParameters, { apikey: ['k'], a: ['1', '2'] });
  const { connectionId, requestId, extendedRequestId, ...context } = event?.requestContext ?? { connectionId: '' };
  assert.match(connectionId, /^[\w-]{15}=$/);
  assert.equal(requestId, extendedRequestId);
  assert.deepEqual(context, {
    routeKey: '$connect',
    eventType: 'CONNECT',
    requestTime: '14/Nov/2023:22:13:20 +0000',
    messageDirection: 'IN',
    stage: 'live',
    connectedAt: 1_700_000_000_000,
    requestTimeEpoch: 1_700_000_000_000,
    identity: { sourceIp: '127.0.0.1', userAgent: 'test' },
    domainName: new URL(url).host,
    apiId: 'api',
  });
});

test('a refusal keeps its status, a broken answer is a 502, and neither leaves a connection', async (t) => {
  const answers: unknown[] = [{ statusCode: 401 }, {}];
  const { url, events } = await startApi(t, () => answers.shift() ?? Promise.reject(new Error('down')));
  assert.equal(await refusal(url), 401);
  assert.equal(await refusal(url), 502);
  assert.equal(await refusal(url), 502);
  assert.deepEqual(
    events.map(({ functionName }) => functionName),
    ['connect', 'connect', 'connect'],
  );
});

test('a subprotocol is agreed on only when the function names it', async (t) => {
  const { url } = await startApi(t, () => ({ statusCode: 200, headers: { 'Sec-WebSocket-Protocol': 'two' } }));
  const socket = await connect(url, ['one', 'two']);
  assert.equal(socket.protocol, 'two');
});

test('messages go to the route their body names, anything else to $default', async (t) => {
  const { url, events } = await startApi(t, (name) => ({ statusCode: 200, body: `from ${name}` }));
  const socket = await connect(url);
  const texts = [
    '{"type":"ping"}',
    '{"type":"unknown"}',
    '{"type":"$disconnect"}',
    '["ping"]',
    'ping',
    '{"type":{}}',
    'null',
  ];
  for (const text of texts) socket.send(text);
  const messages = await waitFor(() => {
    const found = events.filter(({ event }) => event.requestContext.eventType === 'MESSAGE');
    return found.length === texts.length ? found : undefined;
  });
  assert.deepEqual(
    messages.map(({ functionName }) => functionName),
    ['ping', ...Array<string>(6).fill('other')],
  );
  assert.deepEqual(
    messages.map(({ event }) => event.body),
    texts,
  );
  assert.deepEqual(messages.map(({ event }) => event.requestContext['routeKey']).slice(0, 2), ['ping', '$default']);
});

test('the answer is sent back only where the route has a response; a failure always speaks', async (t) => {
  const { url } = await startApi(t, (name, { body }) => {
    if (body?.includes('fail')) throw new Error('down');
    return { statusCode: 200, body: `from ${name}` };
  });
  const socket = await connect(url);
  const frames: string[] = [];
  socket.on('message', (data: Buffer) => frames.push(data.toString()));
  socket.send('quiet');
  socket.send('{"type":"ping"}');
  await waitFor(() => frames[0]);
  socket.send('fail');
  await waitFor(() => frames[1]);
  assert.equal(frames[0], 'from ping');
  assert.deepEqual(Object.keys(JSON.parse(frames[1] ?? '') as object), ['message', 'connectionId', 'requestId']);
});

test('without a matching route the client is told Forbidden', async (t) => {
  const { url } = await startApi(t, accept, { routes: [] });
  const socket = await connect(url);
  socket.send('hello');
  const [data] = (await once(socket, 'message')) as [Buffer];
  assert.equal((JSON.parse(data.toString()) as { message: string }).message, 'Forbidden');
});

test('$disconnect carries the client’s code and reason, or says there was none', async (t) => {
  const { url, events } = await startApi(t);
  const ends: ((socket: WebSocket) => void)[] = [(s) => s.close(4001, 'done'), (s) => s.close(), (s) => s.terminate()];
  for (const end of ends) end(await connect(url));
  const told = await waitFor(() => {
    const found = events.filter(({ functionName }) => functionName === 'disconnect');
    return found.length === 3 ? found.map(({ event }) => event.requestContext) : undefined;
  });
  assert.deepEqual(
    new Set(told.map((context) => `${String(context['disconnectStatusCode'])} ${String(context['disconnectReason'])}`)),
    new Set(['4001 done', '1005 Client-side close frame status not set', '1006 Connection closed abnormally']),
  );
});

test('a client that leaves while $connect runs is still disconnected', async (t) => {
  const admission = Promise.withResolvers<unknown>();
  const { url, find } = await startApi(t, (name) => (name === 'connect' ? admission.promise : {}));
  const socket = new WebSocket(url).on('error', () => undefined);
  await waitFor(() => find('CONNECT'));
  socket.terminate();
  await new Promise((resolve) => setTimeout(resolve, 50));
  admission.resolve({ statusCode: 200 });
  const event = await waitFor(() => find('DISCONNECT'));
  assert.equal(event.requestContext['disconnectStatusCode'], 1006);
});

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

test('a post while $connect still runs finds nobody', async (t) => {
  let early: Promise<unknown> = Promise.resolve();
  const started = await startApi(t, async (name, { requestContext }) => {
    if (name !== 'connect') return {};
    early = started.client.send(new PostToConnectionCommand({ ConnectionId: requestContext.connectionId, Data: 'x' }));
    await early.catch(() => undefined);
    return { statusCode: 200 };
  });
  await connect(started.url);
  await assert.rejects(early, GoneException);
});

test('a frame over 32 KB, a message over 128 KB and a binary frame close the socket', async (t) => {
  const { url, events } = await startApi(t);
  const closeCode = async (send: (socket: WebSocket) => void) => {
    const socket = (await connect(url)).on('error', () => undefined);
    send(socket);
    return (await once(socket, 'close'))[0] as number;
  };
  assert.equal(await closeCode((socket) => socket.send('x'.repeat(32 * 1024 + 1))), 1009);
  assert.equal(await closeCode((socket) => sendFrames(socket, 5)), 1009);
  assert.equal(await closeCode((socket) => socket.send(Buffer.from('x'))), 1003);
  assert.deepEqual(
    events.filter(({ event }) => event.requestContext.eventType === 'MESSAGE'),
    [],
  );
  const socket = await connect(url);
  sendFrames(socket, 4);
  await waitFor(() => events.find(({ event }) => event.body?.length === 128 * 1024));
});

test('an idle connection and an old one are closed with 1001', async (t) => {
  const { url } = await startApi(t, accept, { idleMs: 60 });
  const closed = await once(await connect(url), 'close');
  assert.equal(closed[0], 1001);
  const old = await startApi(t, accept, { lifetimeMs: 100, idleMs: 60 });
  const busy = await connect(old.url);
  const keepBusy = setInterval(() => busy.ping(), 10);
  const started = Date.now();
  assert.equal((await once(busy, 'close'))[0], 1001);
  clearInterval(keepBusy);
  assert.ok(Date.now() - started >= 80);
});
