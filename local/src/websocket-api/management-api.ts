import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { readBody, sendJson } from '../http-api/loopback.ts';
import { endConnection, type Connection } from './connection.ts';
import type { Gateway } from './gateway.ts';

/** AWS's limit on what is posted to a connection. */
const MAX_POST_BYTES = 128 * 1024;

/** Sends text to a connection; false when its socket is gone. */
type Post = (gateway: Gateway, connection: Connection, data: Buffer) => Promise<boolean>;

/** The `@connections` API: post to, look at and delete a connection, at `/{stage}/@connections/{id}` or without the stage. */
export function managementApi(gateway: Gateway, post: Post): RequestListener {
  return (request, response) => {
    answer(gateway, post, request, response).catch(() => response.destroy());
  };
}

async function answer(gateway: Gateway, post: Post, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const connectionId = readConnectionId(request.url ?? '');
  const body = await readBody(request, MAX_POST_BYTES);
  if (connectionId === undefined) return fail(response, 404, 'NotFoundException', 'Not Found');
  if (!request.headers.authorization) return fail(response, 403, 'ForbiddenException', 'Missing Authentication Token');
  if (body === 'too-large') return fail(response, 413, 'PayloadTooLargeException', 'Payload too large');
  const connection = gateway.connections.get(connectionId);
  if (connection === undefined || connection.closing) return fail(response, 410, 'GoneException', 'Gone');
  if (request.method === 'GET') return sendJson(response, 200, describe(connection));
  if (request.method === 'DELETE') return remove(connection, response);
  if (request.method !== 'POST') return fail(response, 403, 'ForbiddenException', 'Forbidden');
  if (!(await post(gateway, connection, body))) return fail(response, 410, 'GoneException', 'Gone');
  response.writeHead(200).end();
}

function remove(connection: Connection, response: ServerResponse): void {
  endConnection(connection, 1000, 'Connection Closed Normally');
  response.writeHead(204).end();
}

function readConnectionId(url: string): string | undefined {
  const encoded = /^(?:\/[^/]+)?\/(?:@|%40)connections\/([^/?]+)$/.exec(url.split('?', 1)[0] ?? '')?.[1];
  try {
    return encoded === undefined ? undefined : decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}

function describe(connection: Connection) {
  return {
    connectedAt: new Date(connection.connectedAt).toISOString(),
    identity: connection.identity,
    lastActiveAt: new Date(connection.lastActiveAt).toISOString(),
  };
}

function fail(response: ServerResponse, status: number, type: string, message: string): void {
  response.setHeader('x-amzn-errortype', type);
  sendJson(response, status, { message });
}
