import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { Duplex } from 'node:stream';

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

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
  close(): Promise<void>;
}

const REALTIME_PATH = '/realtime/v1/websocket';

/** The one public port: API, socket, pages and pretend providers. Throws when the port is taken. */
export async function startFront(port: number): Promise<Front> {
  const { promise, resolve: serve } = Promise.withResolvers<Behind>();
  const server = createServer((request, response) => void answer(promise, request, response));
  server.on('upgrade', (request, socket, head) => void upgrade(promise, request, socket, head));
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(behind: Promise<Behind>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await route(await behind)(request, response);
  } catch (error) {
    console.error(error);
    if (!response.headersSent) response.writeHead(502);
    response.end();
  }
}

function route(behind: Behind): Handler {
  return async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://front');
    if (pathname === '/config.json') return json(response, 200, behind.config);
    if (pathname === '/providers' || pathname.startsWith('/providers/'))
      return behind.providers(request, response, pathname.slice('/providers'.length));
    if (await behind.api(request, response)) return;
    if (request.method === 'GET' && (await page(behind.pages, pathname, response))) return;
    // API Gateway's own answer where no route matches.
    json(response, 404, { message: 'Not Found' });
  };
}

async function upgrade(behind: Promise<Behind>, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://front');
  if (pathname === REALTIME_PATH) (await behind).upgrade(request, socket, head);
  else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
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
  if (!type || !file.startsWith(folder)) return false;
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes)
    response
      .writeHead(200, {
        'Content-Type': type,
        'Cache-Control': pathname.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache',
      })
      .end(bytes);
  return bytes !== undefined;
}

function fileOf(pathname: string): string {
  if (pathname === '/') return '/index.html';
  return pathname === '/phone' ? '/phone.html' : pathname;
}
