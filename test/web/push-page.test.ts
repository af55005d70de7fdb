import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import test, { after, beforeEach } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { testBrowser } from '../support/browser.ts';

/** The P-256 point of RFC 8291's example. */
const KEY = 'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8';

interface Told {
  method: string;
  origin: string | undefined;
  body: Record<string, unknown>;
}

const told: Told[] = [];
let answer = 200;
const parley = await listen(createServer((request, response) => void take(request, response)));
const site = await listen(createServer(serve));
const webhook = `${urlOf(parley)}/functions/v1/web-push-webhook/acc_1`;
after(() => [parley, site].forEach((server) => void server.close(() => server.closeAllConnections())));

const browser = await testBrowser();
beforeEach(() => {
  told.length = 0;
  answer = 200;
});

test('a tap on the button asks, subscribes and tells Parley, without a preflight', async () => {
  const page = await visit();
  assert.equal(await state(page), 'unsubscribed');
  await page.click('#yes');
  await until(() => told.length === 1);
  const { method, origin, body } = told[0] as Told;
  assert.deepEqual([method, origin], ['POST', urlOf(site)]);
  const subscription = { endpoint: 'https://push.example.com/1', keys: { p256dh: 'p1', auth: 'a1' } };
  const { name, ...rest } = body;
  assert.deepEqual(rest, { event: 'subscribed', key: KEY, subscription, first: subscription });
  assert.match(String(name), /^Chrome, (Linux|macOS|Windows)$/);
  await until(async () => (await state(page)) === 'subscribed');
  assert.deepEqual(await heard(page), ['subscribed']);
  assert.equal(await page.evaluate('pushes.options.userVisibleOnly'), true);
  assert.equal(await page.evaluate('pushes.options.applicationServerKey.length'), 65);
  await page.context().close();
});

test('Parley is told once, and again when the browser has another subscription', async () => {
  const page = await visit();
  await page.click('#yes');
  await until(() => told.length === 1);
  await until(async () => (await state(page)) === 'subscribed');
  await page.reload();
  await until(async () => (await heard(page)).includes('subscribed'));
  assert.equal(told.length, 1);
  await page.evaluate('pushes.renew()');
  await page.reload();
  await until(() => told.length === 2);
  assert.equal(endpointOf(told[1], 'subscription'), 'https://push.example.com/2');
  assert.equal(endpointOf(told[1], 'first'), 'https://push.example.com/1');
  await page.context().close();
});

test('what Parley did not hear is told at the next visit', async () => {
  const page = await visit();
  answer = 503;
  await page.click('#yes');
  await until(() => told.length === 1);
  answer = 200;
  await page.reload();
  await until(() => told.length === 2);
  assert.equal(endpointOf(told[1], 'subscription'), 'https://push.example.com/1');
  await page.context().close();
});

test('unsubscribing ends it in the browser and tells Parley; who comes back is the same customer', async () => {
  const page = await visit();
  await page.click('#yes');
  await until(() => told.length === 1);
  await page.click('#no');
  await until(() => told.length === 2);
  assert.equal(told[1]?.body['event'], 'unsubscribed');
  await until(async () => (await state(page)) === 'unsubscribed');
  await page.click('#yes');
  await until(() => told.length === 3);
  assert.equal(endpointOf(told[2], 'subscription'), 'https://push.example.com/2');
  assert.equal(endpointOf(told[2], 'first'), 'https://push.example.com/1');
  await page.context().close();
});

test('a subscription made for an older key is replaced', async () => {
  const page = await visit();
  await page.click('#yes');
  await until(() => told.length === 1);
  await page.evaluate('pushes.key(1)');
  await page.reload();
  await until(() => told.length === 2);
  assert.equal(endpointOf(told[1], 'subscription'), 'https://push.example.com/2');
  await page.context().close();
});

test('who says no is not subscribed, and a browser without push says what it lacks', async () => {
  const page = await visit();
  await page.evaluate("pushes.leave = 'denied'");
  await page.click('#yes');
  await until(async () => (await heard(page)).length === 1);
  assert.deepEqual([await heard(page), told], [['denied'], []]);
  await page.context().close();
  const old = await visit('delete window.PushManager');
  assert.equal(await state(old), 'unsupported');
  await old.context().close();
  const phone = await visit('delete window.PushManager; navigator.standalone = false');
  assert.equal(await state(phone), 'install');
  await phone.context().close();
});

test('in a real browser’s worker a push is shown and told of, here in a worker of the site’s own', async () => {
  const page = await visit('', '/own');
  await page.click('#yes');
  await until(() => told.length === 1);
  const data = { id: 'ref-1', token: 'token-1' };
  await deliver(page, { notification: { title: 'Nile', body: 'مرحبا', tag: 't', data }, mutable: true });
  await until(() => told.length === 3);
  assert.deepEqual(told[1]?.body, { title: 'Nile', options: { body: 'مرحبا', tag: 't', data } });
  assert.deepEqual(told[2]?.body, { event: 'delivered', key: KEY, ...data });
  assert.equal(told[2]?.origin, urlOf(site));
  await page.context().close();
});

/** A browser without a screen shows nothing, so what is to be shown goes where the receipts go. */
const ownWorker = `
  self.registration.showNotification = (title, options) =>
    fetch('${webhook}', { method: 'POST', body: JSON.stringify({ title, options }) });
  self.parleyPush = { webhook: '${webhook}', key: '${KEY}' };
  importScripts('/parley-push-sw.js');
`;

/** A browser whose push manager needs no network: it gives out subscriptions 1, 2, … Without a screen it also has nobody to ask for leave. */
const pushManager = `
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

async function visit(more = '', path = '/'): Promise<Page> {
  const context: BrowserContext = await browser.newContext();
  await context.addInitScript(`${pushManager}; ${more}`);
  const page = await context.newPage();
  await page.goto(urlOf(site) + path);
  return page;
}

async function state(page: Page): Promise<unknown> {
  return page.evaluate('parleyPush.state()');
}

async function heard(page: Page): Promise<unknown[]> {
  return page.evaluate<unknown[]>('pushes.heard');
}

/** As if the browser's push service had brought it. */
async function deliver(page: Page, payload: object): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const found = Promise.withResolvers<string>();
  session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    if (registrations[0]) found.resolve(registrations[0].registrationId);
  });
  await session.send('ServiceWorker.enable');
  const registrationId = await found.promise;
  const push = { origin: urlOf(site), registrationId, data: JSON.stringify(payload) };
  await session.send('ServiceWorker.deliverPushMessage', push);
}

function endpointOf(one: Told | undefined, member: string): unknown {
  return Object(one?.body[member])['endpoint'];
}

async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Told['body'];
  told.push({ method: request.method ?? '', origin: request.headers.origin, body });
  response.writeHead(answer, { 'access-control-allow-origin': '*' }).end('{}');
}

function serve({ url = '/' }: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(url, 'http://site');
  const isPage = pathname === '/' || pathname === '/own';
  response.writeHead(200, { 'content-type': isPage ? 'text/html' : 'text/javascript' });
  response.end(isPage ? html(pathname === '/own') : script(pathname.slice(1)));
}

function html(own: boolean): string {
  return `<!doctype html><title>Site</title>
    <script>${own ? "navigator.serviceWorker.register('/own-worker.js')" : ''}</script>
    <script src="/parley-push.js" defer data-key="${KEY}" data-webhook="${webhook}" ${own ? 'data-worker="own"' : ''}></script>
    <button id="yes" data-parley-push="subscribe"><b>Notify me</b></button>
    <button id="no" data-parley-push="unsubscribe">Stop</button>`;
}

function script(name: string): string {
  if (name === 'own-worker.js') return ownWorker;
  return name.startsWith('parley-push') ? readFileSync(new URL(`../../web/push/${name}`, import.meta.url), 'utf8') : '';
}

function listen(server: Server): Promise<Server> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function until(isDone: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await isDone())) {
    if (Date.now() > end) throw new Error(`did not happen in time; told ${JSON.stringify(told)}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}
