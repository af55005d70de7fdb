import assert from 'node:assert/strict';
import test from 'node:test';
import { runWorker, type Site, type Worked } from '@parley/local/providers/web_push/worker.ts';

const now = { endpoint: 'https://push.example.com/now', keys: { p256dh: 'p', auth: 'a' } };
const before = { endpoint: 'https://push.example.com/before', keys: { p256dh: 'p', auth: 'a' } };

const site: Site = {
  origin: 'https://nile.example',
  webhook: 'https://api.example.com/functions/v1/web-push-webhook/acc_1',
  key: 'BKey',
  subscription: now,
  first: before,
};

const url = 'https://nile.example/orders';
const data = { id: 'ref-1', token: 'token-1' };

const notification = {
  title: 'Nile',
  body: 'مرحبا',
  dir: 'auto',
  lang: 'ar',
  tag: 't',
  renotify: true,
  requireInteraction: true,
  silent: false,
  icon: '/icon.png',
  image: '/image.png',
  navigate: url,
  actions: [
    { action: 'reply:yes', title: 'Yes', navigate: url },
    { action: 'open', title: 'Look', navigate: url },
  ],
  data,
};

function push(payload: unknown): Promise<Worked> {
  return runWorker(site, { type: 'push', text: typeof payload === 'string' ? payload : JSON.stringify(payload) });
}

function tap(action: string, more: { pages?: string[]; shown?: object } = {}): Promise<Worked> {
  const { pages = [], shown = { ...notification, data: { ...data, url } } } = more;
  return runWorker({ ...site, pages }, { type: 'notificationclick', notification: { ...shown }, action });
}

function toldBy({ asked }: Worked): unknown[] {
  return asked.map(({ url, method, body }) => {
    assert.deepEqual([url, method], [site.webhook, 'POST']);
    return JSON.parse(body) as unknown;
  });
}

const receipt = { key: 'BKey', id: 'ref-1', token: 'token-1' };

test('a push is shown without the addresses that would take a tap past the worker, and told of', async () => {
  const worked = await push({ web_push: 8030, notification, mutable: true });
  const { navigate: _, ...rest } = notification;
  const actions = notification.actions.map(({ action, title }) => ({ action, title }));
  assert.deepEqual(JSON.parse(JSON.stringify(worked.shown)), [{ ...rest, actions, data: { ...data, url } }]);
  assert.deepEqual(toldBy(worked), [{ event: 'delivered', ...receipt }]);
});

test('pushes that are not Parley’s are left to the site’s own worker', async () => {
  for (const payload of ['', 'hello', '[]', 'null', {}, { notification: { title: 'other' } }]) {
    const { shown, asked } = await push(payload);
    assert.deepEqual([shown, asked], [[], []]);
  }
  const { asked, closed } = await tap('', { shown: { title: 'other' } });
  assert.deepEqual([asked, closed], [[], 0]);
});

test('a tap closes the notification, opens its page and says that it was read', async () => {
  const worked = await tap('');
  assert.equal(worked.closed, 1);
  assert.deepEqual(worked.opened, [url]);
  assert.deepEqual(toldBy(worked), [{ event: 'clicked', ...receipt }]);
});

test('a page that is open already comes to the front', async () => {
  const worked = await tap('open', { pages: ['https://nile.example/', url] });
  assert.deepEqual([worked.opened, worked.focused], [[], [url]]);
});

test('without a page of its own a tap leads to the site', async () => {
  const shown = notification;
  assert.deepEqual((await tap('', { shown })).opened, ['/']);
  assert.deepEqual((await tap('', { shown, pages: ['https://nile.example/x'] })).focused, ['https://nile.example/x']);
});

test('a tap on an answer tells it, with the subscriptions that say whose it is, and opens nothing', async () => {
  const worked = await tap('reply:yes');
  assert.deepEqual(worked.opened, []);
  const action = { id: 'yes', title: 'Yes' };
  assert.deepEqual(toldBy(worked), [{ event: 'clicked', ...receipt, action, subscription: now, first: before }]);
});

test('closing is told', async () => {
  const worked = await runWorker(site, { type: 'notificationclose', notification });
  assert.deepEqual(toldBy(worked), [{ event: 'closed', ...receipt }]);
});

test('a subscription that the browser renews follows the first one', async () => {
  const after = { ...now, endpoint: 'https://push.example.com/after' };
  const worked = await runWorker(site, { type: 'pushsubscriptionchange', before: now, after });
  assert.deepEqual(toldBy(worked), [{ event: 'subscribed', key: 'BKey', subscription: after, first: before }]);
  // whether it was heard, a worker can't see: the next page tells it again
  assert.deepEqual(worked.memory, { first: before });
});

test('where the browser took a subscription and gave none, the worker asks for one', async () => {
  const { first: _, ...unknown } = site;
  const worked = await runWorker(unknown, { type: 'pushsubscriptionchange', before });
  assert.deepEqual(toldBy(worked), [{ event: 'subscribed', key: 'BKey', subscription: now, first: before }]);
});
