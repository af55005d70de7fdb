import assert from 'node:assert/strict';
import test from 'node:test';
import { GoneException, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { WebSocket } from 'ws';
import { accept, startApi, connect, refusal, waitFor } from './start-api.ts';

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
