import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import { createCall } from '../../inbox/src/api/http.ts';
import { phoneStatus, tappedTitle, viewBody } from '../../inbox/src/phone/phone-message.ts';
import { createProviderApi } from '../../inbox/src/phone/provider-api.ts';
import { createProviderStore } from '../../inbox/src/phone/provider-store.ts';
import { startLoopback, until } from './server.ts';

const accounts = [
  { external_id: 'a1', name: 'Nile', organization: 'Nile' },
  { external_id: 'a2', name: 'Andalus', organization: 'Andalus' },
];
const phones = [
  { id: 'p1', name: 'Omar', address: '+1', open: null },
  { id: 'p2', name: 'منى', address: '+2', open: 'a1' },
];

test('a phone shows the first account and customer, then those that are chosen', async (t) => {
  const server = await startLoopback(t, ({ path, query }) => {
    if (path.endsWith('/accounts')) return { body: accounts };
    if (path.endsWith('/phones')) return { body: phones };
    return {
      body: [
        {
          id: `${path.split('/')[4]} ${query.get('account')}`,
          from: 'business',
          text: 'x',
          body: null,
          at: '',
          status: 'sent',
        },
      ],
    };
  });
  const store = createProviderStore(createProviderApi(createCall(server.url), 'telegram'));
  await store.reload();
  assert.equal(store.state().messages[0]?.id, 'p1 a1');
  store.choosePhone('p2');
  store.chooseAccount('a2');
  assert.deepEqual(store.state().messages, []);
  await until(() => store.state().messages[0]?.id === 'p2 a2', 'thread of the chosen pair');
});

test('a provider that is away is said to be', async (t) => {
  const { url } = await startLoopback(t, () => ({ status: 404, body: { code: 'x', message: 'no such provider' } }));
  const store = createProviderStore(createProviderApi(createCall(url), 'telegram'));
  await store.reload();
  assert.equal(store.state().loaded, false);
  assert.ok(store.state().failure?.kind === 'refused');
});

test('what the customer does goes to the control API', async (t) => {
  const { url, asked } = await startLoopback(t, () => ({ body: [] }));
  const api = createProviderApi(createCall(url), 'whatsapp_lite');
  const store = createProviderStore(api);
  await store.act(api.write('p 1', 'a1', 'مرحبا'));
  await store.act(api.setOpen('p 1', null));
  const acts = asked.filter((each) => each.method !== 'GET').map(({ method, path, body }) => ({ method, path, body }));
  assert.deepEqual(acts, [
    { method: 'POST', path: '/providers/whatsapp_lite/phones/p%201/messages', body: { account: 'a1', text: 'مرحبا' } },
    { method: 'PUT', path: '/providers/whatsapp_lite/phones/p%201/open', body: { account: null } },
  ]);
});

test('any body can be looked at, and only web addresses are links', () => {
  fc.assert(
    fc.property(fc.anything(), (body) => {
      const view = viewBody(body);
      assert.ok(view === null || view.url === null || /^https?:/.test(view.url));
    }),
  );
  assert.deepEqual(viewBody({ type: 'document', url: 'javascript:x', filename: 'March.pdf' }), {
    kind: 'document',
    url: null,
    filename: 'March.pdf',
    choices: [],
  });
  const links = [
    { title: 'Shop', url: 'https://nile.example/' },
    { title: 'x', url: 'javascript:x' },
  ];
  assert.deepEqual(viewBody({ type: 'interactive', choices: [{ id: 'a', title: '1 kg' }], links })?.choices, [
    { id: 'a', title: '1 kg', url: null },
    { id: 'open', title: 'Shop', url: 'https://nile.example/' },
    { id: 'open', title: 'x', url: null },
  ]);
  assert.deepEqual(viewBody({ type: 'poll', options: ['red', 'blue'] })?.choices[1], {
    id: '1',
    title: 'blue',
    url: null,
  });
  assert.equal(viewBody({ type: 'text', text: 'x' }), null);
});

test('a tap is called as the message called it', () => {
  const asked = { id: 'm1', body: { type: 'interactive', choices: [{ id: 'y', title: 'نعم' }], links: [] } };
  assert.equal(tappedTitle({ type: 'tap', message_id: 'm1', id: 'y' }, [asked]), 'نعم');
  assert.equal(tappedTitle({ type: 'tap', message_id: 'gone', id: 'y' }, [asked]), 'y');
  assert.equal(tappedTitle({ type: 'text', text: 'y' }, [asked]), null);
});

test('provider words become marks, unknown ones none', () => {
  assert.equal(phoneStatus('read'), 'READ');
  assert.equal(phoneStatus('constructor'), null);
  assert.equal(phoneStatus(null), null);
});
