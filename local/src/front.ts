import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';
import type { Duplex } from 'node:stream';

/** What the one public port leads to. `api` answers false when it has no such route. */
export interface Behind {
  api: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
  providers: (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void>;
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** folder of the built pages */
  pages: string;
  /** what `/config.json` answers */
  config: unknown;
}

export interface Front {
  url: string;
  /** From now on requests are answered; until then they wait. */
  serve(behind: Behind): void;
  /** Drops every connection. */
  close(): Promise<void>;
}

const REALTIME_PATH = '/realtime/v1/websocket';

/** The one public port: API, socket, pages and pretend providers. Throws when the port is taken. */
export async function startFront(port: number): Promise<Front> {
  const { promise, resolve: serve } = Promise.withResolvers<Behind>();
  const server = createServer((request, response) => void answer(promise, request, response));
  server.on('upgrade', (request, socket, head) => void upgrade(promise, request, socket, head));
  const connections = new Set<Duplex>();
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve,
    async close() {
      for (const socket of connections) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(behind: Promise<Behind>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await route(await behind, request, response);
  } catch (error) {
    console.error(error);
    if (!response.headersSent) response.writeHead(502);
    response.end();
  }
}

async function route(behind: Behind, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const pathname = pathOf(request);
  if (pathname === '/config.json') return json(response, 200, behind.config);
  if (pathname === '/providers' || pathname.startsWith('/providers/'))
    return behind.providers(request, response, pathname.slice('/providers'.length));
  if (await behind.api(request, response)) return;
  if (isRead(request) && (await page(behind.pages, pathname, response))) return;
  // API Gateway's own answer where no route matches.
  json(response, 404, { message: 'Not Found' });
}

async function upgrade(behind: Promise<Behind>, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
  // Nobody else listens while the upgrade waits, and an error that nobody hears ends the process.
  socket.on('error', () => socket.destroy());
  if (pathOf(request) !== REALTIME_PATH) {
    socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
    return;
  }
  const { upgrade: accept } = await behind;
  if (!socket.destroyed) accept(request, socket, head);
}

/** `..` is resolved, escapes are left alone; what is no path (`*`, a proxy's whole URL) is none. */
function pathOf({ url = '' }: IncomingMessage): string {
  return url.startsWith('/') ? new URL(`http://front${url}`).pathname : '';
}

function isRead({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}

function json(response: ServerResponse, status: number, body: unknown): void {
  const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };
  response.writeHead(status, headers).end(JSON.stringify(body));
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
};

async function page(folder: string, pathname: string, response: ServerResponse): Promise<boolean> {
  const file = join(folder, normalize(fileOf(pathname)));
  const type = types[extname(file)];
  if (!type || !file.startsWith(folder + sep)) return false;
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes)
    response
      .writeHead(200, {
        'Content-Type': type,
        'Content-Length': bytes.length,
        // The build puts a hash of its content in the name of each asset.
        'Cache-Control': pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        'X-Content-Type-Options': 'nosniff',
      })
      .end(bytes);
  return bytes !== undefined;
}

function fileOf(pathname: string): string {
  if (pathname === '/') return '/index.html';
  return pathname === '/phone' ? '/phone.html' : pathname;
}
