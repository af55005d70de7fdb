import assert from 'node:assert/strict';
import test from 'node:test';
import { createClient } from '../../inbox/src/api/client.ts';
import { createCall } from '../../inbox/src/api/http.ts';
import type { ContactRow } from '../../inbox/src/api/rows.ts';
import { createSession } from '../../inbox/src/api/session.ts';
import { emptyInbox } from '../../inbox/src/state/inbox-state.ts';
import { reduce } from '../../inbox/src/state/reduce.ts';
import { createStore } from '../../inbox/src/state/store.ts';
import { conversationsOf, searchWords } from '../../inbox/src/state/views.ts';
import { search } from '../../inbox/src/sync/search.ts';
import { at, conversationRow } from './rows.ts';
import { memoryStorage, startLoopback } from './server.ts';

const mona: ContactRow = {
  id: 'con_of_far',
  name: 'Mona',
  phone: '+201000000001',
  email: null,
  identities: [],
  created_at: at(0),
  updated_at: at(0),
};

test('a search brings in conversations that no page has brought', async (t) => {
  const { url, asked } = await startLoopback(t, ({ path }) => ({
    body: path === '/rest/v1/contacts' ? [mona] : [conversationRow('far', 1)],
  }));
  const client = createClient(createCall(url), createSession(createCall(url), memoryStorage()));
  const desk = { client, store: createStore(reduce, emptyInbox), storage: memoryStorage() };
  await search(desk, String.raw`a"b\c*`);
  assert.equal(asked[1]?.query.get('contact_id'), 'in.(con_of_far)');
  assert.match(asked[0]?.query.get('or') ?? '', /^\(name\.ilike\."\*a\\"b\\\\c_\*",phone\./);
  assert.deepEqual(found(desk.store.state(), 'MON'), ['far']);
  assert.deepEqual(found(desk.store.state(), 'omar'), []);
});

test('a number is found however it is written', () => {
  const conversations = { far: conversationRow('far', 1) };
  const state = { ...emptyInbox, conversations, contacts: { [mona.id]: mona } };
  assert.deepEqual(found(state, ' +20 (100) 000-0001 '), ['far']);
  assert.equal(searchWords(' Mona H '), 'Mona H');
});

function found(state: Parameters<typeof conversationsOf>[0], typed: string): string[] {
  return conversationsOf(state, 'all', searchWords(typed)).map((row) => row.id);
}
