import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/**
 * A DynamoDB endpoint that takes puts of messages and keeps none: it is as quick to answer as the stand-in of Redis, where a database that works on the
 * same two processors is a part of what is measured. Every other call goes on to `endpoint`.
 */
export async function startQuickTable(endpoint: string): Promise<{ url: string; close(): void }> {
  const server = createServer(
    { keepAliveTimeout: 75_000 },
    (request, response) => void serve(endpoint, request, response),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function serve(endpoint: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await buffer(request);
  const target = String(request.headers['x-amz-target']);
  const isMessage = target.endsWith('.PutItem') && body.includes('"sk":{"S":"message#');
  const text = isMessage ? '{}' : await askReal(endpoint, target, body);
  response.writeHead(200, { 'Content-Type': 'application/x-amz-json-1.0', 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}

async function askReal(endpoint: string, target: string, body: Buffer<ArrayBuffer>): Promise<string> {
  const headers = { 'X-Amz-Target': target, 'Content-Type': 'application/x-amz-json-1.0', Authorization: 'local' };
  const answer = await fetch(endpoint, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(`${target}: ${answer.status} ${await answer.text()}`);
  return answer.text();
}
