import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import type { MessageRow, Status } from '../../inbox/src/api/rows.ts';
import { emptyInbox, type Action, type InboxState } from '../../inbox/src/state/inbox-state.ts';
import { reduce } from '../../inbox/src/state/reduce.ts';
import {
  conversationsOf,
  contactName,
  missingContacts,
  unreadTotal,
  waitingMessages,
} from '../../inbox/src/state/views.ts';
import { at, conversationRow, messageRow } from './rows.ts';

const steps: Status[] = ['PENDING', 'SENT', 'DELIVERED', 'READ'];
const outgoingRow = { ...messageRow('local:ref', 5, { direction: 'OUTBOUND', status: 'PENDING' }), client_ref: 'ref' };

test('whatever the order and repetition of events, the last status stays', () => {
  const versions = steps.map((status, index) => messageRow('msg_1', 0, { status, updated_at: at(index) }));
  fc.assert(
    fc.property(fc.shuffledSubarray([...versions, ...versions], { minLength: 8 }), (events) => {
      const state = after([opened([]), ...events.map(changed)]);
      assert.equal(threadOf(state).rows[0]?.status, 'READ');
    }),
  );
});

test('no clock takes a status back: within an attempt the further version is the newer, and a further attempt is newer still', () => {
  const times = fc.array(fc.nat(9), { minLength: 5, maxLength: 5 });
  const order = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 });
  const stations = [
    { attempt: 1, status: 'SENT' },
    { attempt: 1, status: 'FAILED' },
    { attempt: 2, status: 'PENDING' },
    { attempt: 2, status: 'SENT' },
    { attempt: 2, status: 'DELIVERED' },
  ] as const;
  fc.assert(
    fc.property(times, order, (clocks, heard) => {
      const rows = heard.map((index) =>
        messageRow('msg_1', 0, { ...stations[index], updated_at: at(clocks[index] ?? 0) }),
      );
      const state = after([opened([]), ...rows.map(changed)]);
      const [row] = threadOf(state).rows;
      assert.deepEqual([row?.attempt, row?.status], [2, 'DELIVERED']);
    }),
  );
});

test('of two versions of the same time the further one stays', () => {
  const versions = steps.map((status) => messageRow('msg_1', 0, { status }));
  fc.assert(
    fc.property(fc.shuffledSubarray(versions, { minLength: 4 }), (rows) => {
      const state = after([opened([]), ...rows.map(changed)]);
      assert.equal(threadOf(state).rows[0]?.status, 'READ');
    }),
  );
});

test('messages lie by creation time however they come in', () => {
  const rows = [messageRow('c', 3), messageRow('a', 1), messageRow('b', 2)];
  assert.deepEqual(ids(after([opened(rows)])), ['a', 'b', 'c']);
});

test('inside the second that a provider tells, a received message stands where it reached us', () => {
  const answer = messageRow('answer', 1.5, { direction: 'OUTBOUND' });
  const late = received('late', 90_000);
  const rows = [late, answer, received('b', 200), received('a', 700), messageRow('next', 2)];
  assert.deepEqual(ids(after([opened(rows)])), ['b', 'answer', 'a', 'late', 'next']);
});

test('an outgoing bubble gives way to the row with its reference, once, whoever brings it', () => {
  const started: Action = { type: 'send.started', outgoing: { row: outgoingRow, failure: null } };
  const row = messageRow('msg_9', 6, { client_ref: 'ref', direction: 'OUTBOUND' });
  const state = after([opened([]), started, changed(row), changed(row)]);
  assert.deepEqual(threadOf(state).outgoing, []);
  assert.deepEqual(ids(state), ['msg_9']);
});

test('a refused bubble stays with the reason until it is dropped', () => {
  const failure = { kind: 'refused', status: 422, code: 'too_long', message: 'too long', hint: null } as const;
  const refused = after([
    opened([]),
    { type: 'send.started', outgoing: { row: outgoingRow, failure: null } },
    { type: 'send.refused', conversationId: 'conv_1', clientRef: 'ref', failure },
  ]);
  assert.deepEqual(threadOf(refused).outgoing[0]?.failure, failure);
  const dropped = reduce(refused, { type: 'send.dropped', conversationId: 'conv_1', clientRef: 'ref' });
  assert.deepEqual(threadOf(dropped).outgoing, []);
});

test('a fresh newest page lets go of what may lie before a gap and keeps what came in meanwhile', () => {
  const state = after([
    opened([messageRow('old', 1), messageRow('just-before', 19.999), messageRow('beside', 20)]),
    changed(messageRow('pushed', 30)),
    { type: 'thread.loaded', id: 'conv_1', rows: [messageRow('x', 20), messageRow('y', 21)], complete: false },
  ]);
  assert.deepEqual(ids(state), ['beside', 'x', 'y', 'pushed']);
  assert.equal(threadOf(state).cursor, at(20));
});

test('older pages join in front; one that brings nothing new is the beginning', () => {
  const older: Action = {
    type: 'thread.extended',
    id: 'conv_1',
    rows: [messageRow('a', 1), messageRow('b', 2)],
    complete: false,
  };
  const once = after([opened([messageRow('b', 2), messageRow('c', 3)]), older]);
  assert.deepEqual(ids(once), ['a', 'b', 'c']);
  assert.equal(threadOf(once).complete, false);
  assert.equal(threadOf(reduce(once, older)).complete, true);
});

test('messages of a thread that is not loaded are left for when it is opened', () => {
  assert.deepEqual(after([changed(messageRow('msg_1', 1))]).threads, {});
});

test('conversations lie by recency and an older version never wins', () => {
  const state = after([
    { type: 'conversations.changed', rows: [conversationRow('a', 5), conversationRow('b', 9)] },
    { type: 'conversations.changed', rows: [conversationRow('a', 12, { unread_count: 2 })] },
    { type: 'conversations.changed', rows: [conversationRow('a', 7, { unread_count: 1 })] },
  ]);
  assert.deepEqual(
    conversationsOf(state, 'all').map((row) => row.id),
    ['a', 'b'],
  );
  assert.equal(unreadTotal(state), 2);
});

test('the unread list keeps the open conversation after it was read', () => {
  const rows = [
    conversationRow('a', 5, { unread_count: 1 }),
    conversationRow('b', 9),
    conversationRow('c', 1, { unread_count: 3 }),
  ];
  const state = after([
    { type: 'conversations.changed', rows },
    { type: 'conversation.opened', id: 'a' },
    { type: 'conversation.read', id: 'a' },
  ]);
  assert.deepEqual(
    conversationsOf(state, 'unread').map((row) => row.id),
    ['a', 'c'],
  );
});

test('paging counts rows that paging brought, not those that were pushed', () => {
  const state = after([
    { type: 'conversations.changed', rows: [conversationRow('pushed', 50)] },
    { type: 'list.loaded', rows: [conversationRow('a', 5), conversationRow('b', 4)], complete: false, fromStart: true },
    { type: 'list.loaded', rows: [conversationRow('c', 3)], complete: true, fromStart: false },
  ]);
  assert.equal(state.list.paged, 3);
  assert.deepEqual(missingContacts(state).toSorted(), ['con_of_a', 'con_of_b', 'con_of_c', 'con_of_pushed']);
});

test('after missed changes only the open thread and unsent texts are kept', () => {
  const state = after([
    opened([messageRow('a', 1)]),
    { type: 'thread.loaded', id: 'conv_2', rows: [messageRow('z', 1, { conversation_id: 'conv_2' })], complete: true },
    { type: 'send.started', outgoing: { row: { ...outgoingRow, conversation_id: 'conv_3' }, failure: null } },
    { type: 'threads.forgotten' },
  ]);
  assert.deepEqual(Object.keys(state.threads), ['conv_1', 'conv_3']);
  assert.equal(state.threads['conv_3']?.outgoing.length, 1);
});

test('of the messages for later, those that still wait are shown, soonest first', () => {
  const gone = { status: 'SENT' as const, updated_at: at(9) };
  const state = after([
    { type: 'scheduled.loaded', rows: [later('b', 20), later('a', 10), later('late', -1)] },
    changed(later('c', 15)),
    changed({ ...later('a', 10), ...gone }),
    changed(later('a', 10)),
    changed(messageRow('now', 2)),
  ]);
  const shown = waitingMessages(Object.values(state.scheduled ?? {}));
  assert.deepEqual(
    shown.map(({ id }) => id),
    ['c', 'b'],
  );
  assert.equal(after([changed(later('a', 10))]).scheduled, null, 'nobody has asked for them');
});

test('each conversation has its own answer in the making, and it can be dropped', () => {
  const row = messageRow('a', 1);
  const chosen = after([
    { type: 'reply.chosen', conversationId: 'conv_1', row },
    { type: 'reply.chosen', conversationId: 'conv_2', row },
    { type: 'reply.chosen', conversationId: 'conv_1', row: null },
  ]);
  assert.deepEqual(chosen.replies, { conv_2: row });
});

test('a contact is called by name, else by any address', () => {
  const contact = {
    id: 'c',
    name: null,
    phone: null,
    email: null,
    identities: [],
    created_at: at(0),
    updated_at: at(0),
  };
  assert.equal(contactName(contact), null);
  assert.equal(contactName({ ...contact, identities: [{ kind: 'psid', value: '77' }] }), '77');
  assert.equal(contactName({ ...contact, identities: [{ kind: 'group', value: '1203@g.us' }] }), null);
  assert.equal(contactName({ ...contact, phone: '+20100' }), '+20100');
  assert.equal(contactName({ ...contact, phone: '+20100', name: 'منى' }), 'منى');
});

function opened(rows: MessageRow[]): Action[] {
  return [
    { type: 'conversation.opened', id: 'conv_1' },
    { type: 'thread.loaded', id: 'conv_1', rows, complete: false },
  ];
}

/** A message of the first second, that reached us so many milliseconds after its beginning. */
function received(id: string, milliseconds: number): MessageRow {
  const arrived = at(1 + milliseconds / 1000);
  const mark = { status: 'DELIVERED' as const, at: arrived, provider_at: at(1), detail: null };
  return messageRow(id, 1, { status_history: [mark] });
}

/** A message that leaves so many minutes from now. */
function later(id: string, minutes: number): MessageRow {
  const scheduled_at = new Date(Date.now() + minutes * 60_000).toISOString();
  return messageRow(id, 1, { direction: 'OUTBOUND', status: 'PENDING', scheduled_at });
}

function changed(row: MessageRow): Action {
  return { type: 'messages.changed', rows: [row] };
}

function after(actions: (Action | Action[])[]): InboxState {
  return actions.flat().reduce(reduce, emptyInbox);
}

function threadOf(state: InboxState) {
  const thread = state.threads['conv_1'];
  assert.ok(thread);
  return thread;
}

function ids(state: InboxState): string[] {
  return threadOf(state).rows.map((row) => row.id);
}
