import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { createClient } from '../../inbox/src/api/client.ts';
import { createCall } from '../../inbox/src/api/http.ts';
import type { LiveChange } from '../../inbox/src/api/live-rows.ts';
import { createSession } from '../../inbox/src/api/session.ts';
import { emptyInbox } from '../../inbox/src/state/inbox-state.ts';
import { reduce } from '../../inbox/src/state/reduce.ts';
import { createStore } from '../../inbox/src/state/store.ts';
import type { Desk } from '../../inbox/src/sync/desk.ts';
import { startInbox } from '../../inbox/src/sync/inbox.ts';
import { retryDelay } from '../../inbox/src/sync/live.ts';
import { openConversation } from '../../inbox/src/sync/thread.ts';
import { at, conversationRow, messageRow } from './rows.ts';
import { memoryStorage, startLoopback, until, type Asked, type Loopback } from './server.ts';

const hello = messageRow('msg_1', 1);
const pushed = messageRow('msg_2', 2);

interface Backend {
  changes: unknown[] | null;
  messages: unknown[];
}

/** An inbox on a loopback server with one conversation, open, and its socket. */
async function startDesk(t: TestContext, backend: Backend): Promise<{ desk: Desk; server: Loopback }> {
  let url = '';
  const server = await startLoopback(t, ({ path, query }: Asked) => {
    const ids = query.get('id')?.slice(4, -1).split(',');
    if (path === '/auth/v1/token')
      return { body: { access_token: 't', refresh_token: 'r', expires_in: 3600, user: { email: 'a@b.example' } } };
    if (path === '/config.json') return { body: { realtime_url: url.replace('http', 'ws') } };
    if (path === '/rest/v1/conversations') return { body: [conversationRow('conv_1', 1)] };
    if (path === '/rest/v1/changes')
      return backend.changes ? { body: backend.changes } : { status: 404, body: { message: 'gone' } };
    if (path === '/rest/v1/messages') return { body: ids ? backend.messages : [hello] };
    return { body: [] };
  });
  ({ url } = server);
  const session = createSession(createCall(url), memoryStorage());
  await session.signIn('a@b.example', 'x');
  const desk: Desk = {
    client: createClient(createCall(url), session),
    store: createStore(reduce, emptyInbox),
    storage: memoryStorage(),
  };
  const socket = server.nextSocket();
  const running = startInbox(desk, session);
  t.after(() => running.stop());
  await socket;
  await openConversation(desk, 'conv_1');
  await until(
    () => desk.store.state().list.phase === 'ready' && asksFor(server, '/rest/v1/conversations') >= 2,
    'caught up at the start',
  );
  return { desk, server };
}

test('pushed rows show, with the socket authorized by token', async (t) => {
  const { desk, server } = await startDesk(t, { changes: [], messages: [] });
  push(server, 5, { type: 'message.created', data: pushed });
  await until(() => ids(desk).length === 2, 'pushed message');
  assert.deepEqual(ids(desk), ['msg_1', 'msg_2']);
  assert.equal(desk.store.state().connection, 'live');
  assert.equal(desk.store.state().seq, 5);
});

test('after a break the change feed brings what was missed', async (t) => {
  const missed = [
    { seq: 6, at: at(3), changes: [{ type: 'message.created', message_id: 'msg_3', conversation_id: 'conv_1' }] },
  ];
  const { desk, server } = await startDesk(t, { changes: missed, messages: [messageRow('msg_3', 3)] });
  push(server, 5, { type: 'message.created', data: pushed });
  await until(() => ids(desk).length === 2, 'pushed message');
  const loads = asksFor(server, '/rest/v1/conversations');
  cut(server);
  await until(() => ids(desk).includes('msg_3'), 'missed message');
  assert.equal(desk.store.state().seq, 6);
  assert.equal(
    asksFor(server, '/rest/v1/conversations'),
    loads + 1,
    'one conversation reread by id, the list not loaded again',
  );
});

test('when the feed can’t tell, list and thread are loaded afresh', async (t) => {
  const { desk, server } = await startDesk(t, { changes: null, messages: [] });
  push(server, 5, { type: 'message.created', data: pushed });
  await until(() => ids(desk).length === 2, 'pushed message');
  const loads = asksFor(server, '/rest/v1/messages');
  cut(server);
  await until(() => asksFor(server, '/rest/v1/messages') > loads, 'thread loaded afresh');
});

test('a step that was skipped is fetched while the socket stays', async (t) => {
  const missed = [
    { seq: 6, at: at(3), changes: [{ type: 'message.created', message_id: 'msg_3', conversation_id: 'conv_1' }] },
    { seq: 7, at: at(4), changes: [{ type: 'message.created', message_id: 'msg_4', conversation_id: 'conv_1' }] },
  ];
  const { desk, server } = await startDesk(t, {
    changes: missed,
    messages: [messageRow('msg_3', 3), messageRow('msg_4', 4)],
  });
  push(server, 5, { type: 'message.created', data: pushed });
  push(server, 7, { type: 'message.created', data: messageRow('msg_4', 4) });
  await until(() => ids(desk).includes('msg_4'), 'pushed message');
  assert.equal(desk.store.state().seq, 5);
  await until(() => ids(desk).includes('msg_3'), 'skipped message');
  assert.equal(desk.store.state().seq, 7);
});

test('what was too large for a frame is fetched from the feed', async (t) => {
  const missed = [
    { seq: 5, at: at(3), changes: [{ type: 'message.created', message_id: 'msg_3', conversation_id: 'conv_1' }] },
  ];
  const { desk, server } = await startDesk(t, { changes: missed, messages: [messageRow('msg_3', 3)] });
  push(server, 4, { type: 'message.created', data: pushed });
  await until(() => desk.store.state().seq === 4, 'pushed message');
  for (const socket of server.sockets) socket.send('{"seq":5,"changes":[],"more":true}');
  await until(() => ids(desk).includes('msg_3'), 'the large message');
  assert.equal(desk.store.state().seq, 5);
});

test('a change of a kind from the future is passed over, its neighbours are not', async (t) => {
  const { desk, server } = await startDesk(t, { changes: [], messages: [] });
  const changes = [
    { type: 'contact.waved', data: {} },
    { type: 'message.created', data: pushed },
  ];
  for (const socket of server.sockets) socket.send(JSON.stringify({ seq: 5, changes }));
  await until(() => ids(desk).length === 2, 'pushed message');
});

test('frames that make no sense are passed over', async (t) => {
  const { desk, server } = await startDesk(t, { changes: [], messages: [] });
  for (const frame of ['{', 'null', '{"type":"pong"}', '{"seq":5}', '{"seq":5,"changes":{}}', '[]'])
    for (const socket of server.sockets) socket.send(frame);
  push(server, 5, { type: 'message.created', data: pushed });
  await until(() => ids(desk).length === 2, 'pushed message');
});

test('the wait before another try doubles to half a minute and is spread by chance', () => {
  assert.equal(
    retryDelay(0, () => 0),
    250,
  );
  assert.equal(
    retryDelay(0, () => 1),
    500,
  );
  assert.equal(
    retryDelay(3, () => 1),
    4000,
  );
  assert.equal(
    retryDelay(50, () => 1),
    30_000,
  );
});

function push(server: Loopback, seq: number, ...changes: LiveChange[]): void {
  for (const socket of server.sockets) socket.send(JSON.stringify({ seq, changes }));
}

function cut(server: Loopback): void {
  for (const socket of server.sockets) socket.terminate();
}

function ids(desk: Desk): string[] {
  return (desk.store.state().threads['conv_1']?.rows ?? []).map((row) => row.id);
}

function asksFor(server: Loopback, path: string): number {
  return server.asked.filter((each) => each.path === path).length;
}
