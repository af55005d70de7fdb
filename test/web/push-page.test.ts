import assert from 'node:assert/strict';
import test, { after, beforeEach } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { testBrowser } from '../support/browser.ts';
import { KEY, pushManager, startSite, type Told } from './push-site.ts';
import { eventually } from '../support/eventually.ts';

const site = await startSite();
const { told } = site;
const browser = await testBrowser();
after(() => site.close());
beforeEach(() => {
  told.length = 0;
  site.answer = 200;
  site.account = 'acc_1';
});

test('a tap on the button asks, subscribes and tells Parley, without a preflight', async () => {
  const page = await visit();
  assert.equal(await state(page), 'unsubscribed');
  await page.click('#yes');
  await until(() => told.length === 1);
  const { method, origin, body } = told[0] as Told;
  assert.deepEqual([method, origin], ['POST', site.url]);
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

test('an account that is connected anew is told too', async () => {
  const page = await visit();
  await page.click('#yes');
  await until(() => told.length === 1);
  await until(async () => (await state(page)) === 'subscribed');
  site.account = 'acc_2';
  await page.reload();
  await until(() => told.length === 2);
  assert.equal(endpointOf(told[1], 'subscription'), 'https://push.example.com/1');
  await page.context().close();
});

test('what Parley did not hear is told at the next visit', async () => {
  const page = await visit();
  site.answer = 503;
  await page.click('#yes');
  await until(() => told.length === 1);
  site.answer = 200;
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
  assert.equal(told[2]?.origin, site.url);
  await page.context().close();
});

async function visit(more = '', path = '/'): Promise<Page> {
  const context: BrowserContext = await browser.newContext();
  await context.addInitScript(`${pushManager}; ${more}`);
  const page = await context.newPage();
  await page.goto(site.url + path);
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
  const push = { origin: site.url, registrationId, data: JSON.stringify(payload) };
  await session.send('ServiceWorker.deliverPushMessage', push);
}

function endpointOf(one: Told | undefined, member: string): unknown {
  return Object(one?.body[member])['endpoint'];
}

async function until(isDone: () => boolean | Promise<boolean>): Promise<void> {
  await eventually(() => `${String(isDone)}; told ${JSON.stringify(told)}`, isDone);
}
