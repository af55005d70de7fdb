import assert from 'node:assert/strict';
import { once } from 'node:events';
import test from 'node:test';
import type { WebSocket } from 'ws';
import { accept, startApi, connect, sendFrames, waitFor } from './start-api.ts';

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
  const old = await startApi(t, accept, { lifetimeMs: 1500, idleMs: 1400 });
  const started = Date.now();
  const busy = await connect(old.url);
  const keepBusy = setInterval(() => busy.ping(), 20);
  assert.equal((await once(busy, 'close'))[0], 1001);
  clearInterval(keepBusy);
  assert.ok(Date.now() - started >= 1490);
});
