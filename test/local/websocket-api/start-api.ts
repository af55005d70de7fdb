import { once } from 'node:events';
import { createServer } from 'node:http';
import type { TestContext } from 'node:test';
import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { WebSocket } from 'ws';
import { createWebSocketApi } from '@parley/local/websocket-api/server.ts';
import type { WebSocketApiOptions } from '@parley/local/websocket-api/gateway.ts';
import { eventually } from '../../support/eventually.ts';
import { listenAt } from '../../support/loopback.ts';

type SocketEvent = {
  requestContext: Record<string, unknown> & { connectionId: string; eventType: string };
  body?: string;
  headers?: Record<string, string>;
  multiValueHeaders?: Record<string, string[]>;
  queryStringParameters?: Record<string, string>;
  multiValueQueryStringParameters?: Record<string, string[]>;
};
type Answer = (functionName: string, event: SocketEvent) => unknown;

export const accept: Answer = () => ({ statusCode: 200 });
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

export async function startApi(t: TestContext, answer: Answer = accept, more: Partial<WebSocketApiOptions> = {}) {
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
  const url = `${(await listenAt(server)).replace('http', 'ws')}/live`;
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
  const find = (type: string) => events.find(({ event }) => event.requestContext.eventType === type)?.event;
  return { url, events, find, client, api };
}

export async function connect(url: string, protocols: string[] = []): Promise<WebSocket> {
  const socket = new WebSocket(url, protocols, { headers: { 'User-Agent': 'test' } });
  await once(socket, 'open');
  return socket;
}

export async function refusal(url: string): Promise<number | undefined> {
  const [, response] = (await once(
    new WebSocket(url).on('error', () => undefined),
    'unexpected-response',
  )) as [unknown, { statusCode?: number }];
  return response.statusCode;
}

export function sendFrames(socket: WebSocket, count: number): void {
  for (let sent = 1; sent <= count; sent++) socket.send('x'.repeat(32 * 1024), { fin: sent === count });
}

export function waitFor<T>(read: () => T | undefined): Promise<T> {
  return eventually(String(read), read);
}
