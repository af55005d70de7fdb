import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenAt } from '../support/loopback.ts';

export interface Captured {
  method: string;
  path: string;
  headers: Record<string, string | string[] | undefined>;
  /** parsed, or the text when it is not JSON */
  body: unknown;
  bytes: Buffer;
}

/** What the provider does with a request: answers, takes it and drops the connection, or never answers. */
export type Reply =
  | { status: number; json?: unknown; text?: string; headers?: Record<string, string> }
  | 'drop'
  | 'hang';

export interface Provider {
  url: string;
  requests: Captured[];
  close(): Promise<void>;
}

/** A real HTTP server on loopback that keeps what it was asked. */
export async function startProvider(reply: (request: Captured) => Reply): Promise<Provider> {
  const requests: Captured[] = [];
  const server = createServer((request, response) => {
    void serve(request, response);
  });
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const captured = await capture(request);
    requests.push(captured);
    answer(reply(captured), response);
  }
  const url = await listenAt(server);
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url, requests, close };
}

/** What comes of using a provider that answers so. */
export async function withProvider<T>(
  reply: Reply | ((request: Captured) => Reply),
  use: (provider: Provider) => Promise<T>,
): Promise<T> {
  const provider = await startProvider(typeof reply === 'function' ? reply : () => reply);
  try {
    return await use(provider);
  } finally {
    await provider.close();
  }
}

async function capture(request: IncomingMessage): Promise<Captured> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const { method = '', url = '', headers } = request;
  return { method, path: url, headers, body: parsed(bytes.toString('utf8')), bytes };
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}

function answer(reply: Reply, response: ServerResponse): void {
  if (reply === 'hang') return;
  if (reply === 'drop') {
    response.destroy();
    return;
  }
  const text = reply.text ?? JSON.stringify(reply.json ?? {});
  response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers }).end(text);
}
