import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { TestContext } from 'node:test';
import { WebSocketServer, type WebSocket } from 'ws';
import { eventually } from '../support/eventually.ts';
import { listenAt, stop } from '../support/loopback.ts';

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  token: string | null;
  body: Record<string, unknown>;
}

export type Answer = { status?: number; body?: unknown };

export interface Loopback {
  url: string;
  asked: Asked[];
  sockets: Set<WebSocket>;
  /** Resolves with the next socket that opens. */
  nextSocket: () => Promise<WebSocket>;
}

/** An HTTP and WebSocket server on loopback that answers what `answer` says and remembers what it was asked. */
export async function startLoopback(t: TestContext, answer: (asked: Asked) => Answer): Promise<Loopback> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => void respond(request, response));
  const sockets = new WebSocketServer({ server });
  const url = await listenAt(server);
  t.after(() => {
    for (const socket of sockets.clients) socket.terminate();
    stop(server);
  });
  return {
    url,
    asked,
    sockets: sockets.clients,
    nextSocket: async () => ((await once(sockets, 'connection')) as [WebSocket])[0],
  };

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const question = await read(request);
    asked.push(question);
    const { status = 200, body } = answer(question);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body === undefined ? '' : JSON.stringify(body));
  }
}

/** Waits until something is so. */
export async function until(isSo: () => boolean, what: string): Promise<void> {
  await eventually(what, isSo);
}

/** Web storage for one test. */
export function memoryStorage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const url = new URL(request.url ?? '/', 'http://loopback');
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    token: request.headers.authorization?.replace('Bearer ', '') ?? null,
    body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
  };
}
