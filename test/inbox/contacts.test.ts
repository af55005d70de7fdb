import assert from 'node:assert/strict';
import test from 'node:test';
import type { TestContext } from 'node:test';
import { createClient } from '../../inbox/src/api/client.ts';
import { createCall } from '../../inbox/src/api/http.ts';
import type { ContactRow, ConversationRow } from '../../inbox/src/api/rows.ts';
import { createSession } from '../../inbox/src/api/session.ts';
import { emptyInbox } from '../../inbox/src/state/inbox-state.ts';
import { reduce } from '../../inbox/src/state/reduce.ts';
import { createStore } from '../../inbox/src/state/store.ts';
import { createContactLoader } from '../../inbox/src/sync/contacts.ts';
import { at, conversationRow } from './rows.ts';
import { memoryStorage, startLoopback } from './server.ts';

const group = { kind: 'group', value: '1203@g.us' };
const chat = { kind: 'chat', value: '700' };

test('a contact that is not there yet is asked for a few times, and no more', async (t) => {
  const inbox = await start(t, () => undefined);
  for (let turn = 0; turn < 9; turn += 1) await inbox.changed({ updated_at: at(turn) });
  assert.equal(inbox.asked(), 5);
});

test('who has no name is asked for again when the conversation changes, and not otherwise', async (t) => {
  const inbox = await start(t, (times) => contact(chat, times > 1 ? 'Mona' : null));
  await inbox.changed({ updated_at: at(1) });
  await inbox.changed({ updated_at: at(1) });
  assert.equal(inbox.asked(), 1);
  await inbox.changed({ updated_at: at(2) });
  assert.deepEqual([inbox.asked(), inbox.name()], [2, 'Mona']);
  await inbox.changed({ updated_at: at(3) });
  assert.equal(inbox.asked(), 2, 'a person keeps their name');
});

test('a group is asked for when something but a message has changed its conversation', async (t) => {
  const inbox = await start(t, (times) => contact(group, times > 1 ? 'Night shift' : 'Day shift'));
  await inbox.changed({ updated_at: at(1) });
  await inbox.changed({ updated_at: at(2), last_message_at: at(2) });
  assert.deepEqual([inbox.asked(), inbox.name()], [1, 'Day shift']);
  await inbox.changed({ updated_at: at(3), last_message_at: at(2) });
  assert.deepEqual([inbox.asked(), inbox.name()], [2, 'Night shift']);
  await inbox.changed({ updated_at: at(4), last_message_at: at(4), last_message_event: 'new_chat_title' });
  assert.equal(inbox.asked(), 3);
});

/** An inbox with one conversation, of whom the server says what `told` makes of how often it was asked. */
async function start(t: TestContext, told: (times: number) => ContactRow | undefined) {
  const { url, asked } = await startLoopback(t, () => {
    const row = told(asked.length);
    return { body: row ? [row] : [] };
  });
  const client = createClient(createCall(url), createSession(createCall(url), memoryStorage()));
  const desk = { client, store: createStore(reduce, emptyInbox), storage: memoryStorage() };
  const load = createContactLoader(desk);
  return {
    async changed(over: Partial<ConversationRow>): Promise<void> {
      const row = conversationRow('one', 1, { contact_id: 'con_1', ...over });
      desk.store.dispatch({ type: 'conversations.changed', rows: [row] });
      await load();
    },
    asked: () => asked.length,
    name: () => desk.store.state().contacts['con_1']?.name,
  };
}

function contact(identity: { kind: string; value: string }, name: string | null): ContactRow {
  const times = { created_at: at(0), updated_at: at(0) };
  return { id: 'con_1', name, phone: null, email: null, identities: [identity], ...times };
}
