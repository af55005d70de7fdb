import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenAt, stop } from '../support/loopback.ts';

/** The P-256 point of RFC 8291's example. */
export const KEY = 'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8';

/** A call that Parley got. */
export interface Told {
  method: string;
  origin: string | undefined;
  body: Record<string, unknown>;
}

/** A site with the scripts on its page `/`, or imported by a worker of its own on `/own`; and, on another origin, its Parley. */
export interface Site {
  url: string;
  told: Told[];
  /** what Parley answers */
  answer: number;
  /** whose webhook its pages name */
  account: string;
  close(): void;
}

export async function startSite(): Promise<Site> {
  const site: Site = { url: '', told: [], answer: 200, account: 'acc_1', close: () => [parley, pages].forEach(stop) };
  const parley = createServer((request, response) => void take(site, request, response));
  const parleyUrl = await listenAt(parley);
  const webhook = () => `${parleyUrl}/functions/v1/web-push-webhook/${site.account}`;
  const pages = createServer((request, response) => serve(webhook(), request, response));
  site.url = await listenAt(pages);
  return site;
}

/** A browser whose push manager needs no network: it gives out subscriptions 1, 2, … Without a screen it also has nobody to ask for leave. */
export const pushManager = `
  Object.defineProperty(Notification, 'permission', { get: () => localStorage.getItem('leave') ?? 'default' });
  Notification.requestPermission = async () => {
    localStorage.setItem('leave', pushes.leave);
    return pushes.leave;
  };
  const held = () => JSON.parse(localStorage.getItem('held') ?? 'null');
  const hold = (value) => localStorage.setItem('held', JSON.stringify(value));
  globalThis.pushes = {
    heard: [],
    leave: 'granted',
    renew: () => hold({ ...held(), number: held().number + 1 }),
    key: (byte) => hold({ ...held(), key: byte }),
  };
  document.addEventListener('parley-push', ({ detail }) => pushes.heard.push(detail));
  const bytes = (value) => value.key === undefined ? value.own : [value.key];
  const shown = (value) => value && {
    endpoint: 'https://push.example.com/' + value.number,
    options: { applicationServerKey: Uint8Array.from(bytes(value)).buffer },
    toJSON: () => ({ endpoint: 'https://push.example.com/' + value.number, keys: { p256dh: 'p' + value.number, auth: 'a' + value.number } }),
    unsubscribe: async () => hold({ ...value, gone: true }),
  };
  const current = () => held()?.gone ? null : shown(held());
  PushManager.prototype.getSubscription = async () => current();
  PushManager.prototype.subscribe = async (options) => {
    pushes.options = options;
    hold({ number: (held()?.number ?? 0) + 1, own: [...options.applicationServerKey] });
    return current();
  };
`;

/** A browser without a screen shows nothing, so what is to be shown goes where the receipts go. */
const ownWorker = (webhook: string) => `
  self.registration.showNotification = (title, options) =>
    fetch('${webhook}', { method: 'POST', body: JSON.stringify({ title, options }) });
  self.parleyPush = { webhook: '${webhook}', key: '${KEY}' };
  importScripts('/parley-push-sw.js');
`;

async function take(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Told['body'];
  site.told.push({ method: request.method ?? '', origin: request.headers.origin, body });
  response.writeHead(site.answer, { 'access-control-allow-origin': '*' }).end('{}');
}

function serve(webhook: string, { url = '/' }: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(url, 'http://site');
  const isPage = pathname === '/' || pathname === '/own';
  response.writeHead(200, { 'content-type': isPage ? 'text/html' : 'text/javascript' });
  response.end(isPage ? html(webhook, pathname === '/own') : script(webhook, pathname.slice(1)));
}

function html(webhook: string, own: boolean): string {
  return `<!doctype html><title>Site</title>
    <script>${own ? "navigator.serviceWorker.register('/own-worker.js')" : ''}</script>
    <script src="/parley-push.js" defer data-key="${KEY}" data-webhook="${webhook}" ${own ? 'data-worker="own"' : ''}></script>
    <button id="yes" data-parley-push="subscribe"><b>Notify me</b></button>
    <button id="no" data-parley-push="unsubscribe">Stop</button>`;
}

function script(webhook: string, name: string): string {
  if (name === 'own-worker.js') return ownWorker(webhook);
  return name.startsWith('parley-push') ? readFileSync(new URL(`../../web/push/${name}`, import.meta.url), 'utf8') : '';
}
