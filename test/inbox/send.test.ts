import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { createClient } from '../../inbox/src/api/client.ts';
import { createCall } from '../../inbox/src/api/http.ts';
import { createSession } from '../../inbox/src/api/session.ts';
import { emptyInbox, type Thread } from '../../inbox/src/state/inbox-state.ts';
import { reduce } from '../../inbox/src/state/reduce.ts';
import { createStore } from '../../inbox/src/state/store.ts';
import type { Desk } from '../../inbox/src/sync/desk.ts';
import { forgetAllDrafts, keepDraft, restoreDrafts } from '../../inbox/src/sync/drafts.ts';
import { retryMessage } from '../../inbox/src/sync/acts.ts';
import { sendAgain, sendText, startConversation } from '../../inbox/src/sync/send.ts';
import { loadOlder, openConversation } from '../../inbox/src/sync/thread.ts';
import { conversationRow, messageRow } from './rows.ts';
import { memoryStorage, startLoopback, type Answer, type Asked } from './server.ts';

const conversation = conversationRow('conv_1', 1, { channel: 'whatsapp_cloud' });

async function startDesk(t: TestContext, answer: (asked: Asked) => Answer): Promise<{ desk: Desk; asked: Asked[] }> {
  const { url, asked } = await startLoopback(t, answer);
  const call = createCall(url);
  const storage = memoryStorage();
  const client = createClient(call, createSession(call, storage));
  return { desk: { client, store: createStore(reduce, emptyInbox), storage }, asked };
}

/** Takes every text but "refuse". */
function accept({ path, body }: Asked): Answer {
  if (!path.endsWith('-send')) return { body: [] };
  if (body['message'] === 'refuse')
    return { status: 422, body: { success: false, error: 'x', code: 'too_long', message: 'too long by 1' } };
  const row = messageRow('msg_1', 5, { direction: 'OUTBOUND', status: 'PENDING', message: String(body['message']) });
  return { body: { success: true, conversationId: 'conv_1', contactId: 'con_1', message: row } };
}

test('a text shows at once and becomes the server’s row; the draft is gone', async (t) => {
  const { desk, asked } = await startDesk(t, accept);
  keepDraft(desk, 'conv_1', 'hel');
  const sending = sendText(desk, conversation, 'hello');
  assert.equal(threadOf(desk).outgoing[0]?.row.message, 'hello');
  await sending;
  assert.deepEqual(threadOf(desk).outgoing, []);
  assert.equal(threadOf(desk).rows[0]?.id, 'msg_1');
  assert.deepEqual(desk.store.state().drafts, {});
  const [request] = asked;
  assert.equal(request?.path, '/functions/v1/whatsapp-cloud-send');
  assert.equal(request?.body['conversation_id'], 'conv_1');
  assert.match(String(request?.body['client_ref']), /^[0-9a-f]{32}$/);
});

test('a refused text says why and is sent again as a new request', async (t) => {
  const { desk, asked } = await startDesk(t, accept);
  await sendText(desk, conversation, 'refuse');
  const [refused] = threadOf(desk).outgoing;
  assert.ok(refused?.failure?.kind === 'refused');
  assert.equal(refused.failure.message, 'too long by 1');
  await sendAgain(desk, conversation, { ...refused.row, message: 'shorter' });
  assert.deepEqual(threadOf(desk).outgoing, []);
  assert.equal(threadOf(desk).rows[0]?.message, 'shorter');
  assert.notEqual(asked[0]?.body['client_ref'], asked[1]?.body['client_ref']);
});

test('what is written goes as Markdown, again too', async (t) => {
  const { desk, asked } = await startDesk(t, accept);
  await sendText(desk, conversation, 'refuse');
  await sendAgain(desk, conversation, { ...(threadOf(desk).outgoing[0]?.row ?? messageRow('', 0)), message: '_b_' });
  assert.deepEqual(
    asked.map(({ body }) => [body['message'], body['format']]),
    [
      ['refuse', 'markdown'],
      ['_b_', 'markdown'],
    ],
  );
});

test('a stored message that failed stays the same message when it is sent again', async (t) => {
  const { desk, asked } = await startDesk(t, (request) =>
    request.path.endsWith('/retry_message')
      ? { body: messageRow('msg_9', 9, { status: 'PENDING', message: 'a' }) }
      : accept(request),
  );
  await retryMessage(desk, 'msg_9');
  assert.deepEqual(asked[0]?.body, { message_id: 'msg_9' });
});

test('a first message names account and address, and gives the conversation', async (t) => {
  const { desk, asked } = await startDesk(t, accept);
  const answer = await startConversation(desk, { channel: 'telegram', accountId: 'acc_1', to: '77', text: 'hi' });
  assert.deepEqual(answer, { ok: true, value: 'conv_1' });
  assert.deepEqual(
    { ...asked[0]?.body, client_ref: '' },
    { channel_account_id: 'acc_1', to: '77', message: 'hi', client_ref: '' },
  );
});

test('opening loads the newest page once, older ones follow from where it ends', async (t) => {
  const newest = Array.from({ length: 50 }, (_, index) => messageRow(`m${index}`, 100 + index));
  const { desk, asked } = await startDesk(t, ({ path, query }) => {
    if (path !== '/rest/v1/messages') return { body: [conversation] };
    return { body: query.has('created_at') ? [messageRow('older', 1)] : newest };
  });
  await openConversation(desk, 'conv_1');
  await openConversation(desk, 'conv_1');
  await Promise.all([loadOlder(desk, 'conv_1'), loadOlder(desk, 'conv_1')]);
  await loadOlder(desk, 'conv_1');
  const pages = asked.filter((each) => each.path === '/rest/v1/messages');
  assert.deepEqual(
    pages.map((page) => page.query.get('created_at')),
    [null, `lte.${newest[0]?.created_at}`],
  );
  assert.equal(threadOf(desk).rows[0]?.id, 'older');
  assert.equal(threadOf(desk).complete, true);
});

test('drafts come back after a reload and leave with the agent', async (t) => {
  const { desk } = await startDesk(t, accept);
  keepDraft(desk, 'conv_1', 'half a sent');
  const reloaded: Desk = { ...desk, store: createStore(reduce, emptyInbox) };
  restoreDrafts(reloaded);
  assert.deepEqual(reloaded.store.state().drafts, { conv_1: 'half a sent' });
  forgetAllDrafts(desk);
  const next: Desk = { ...desk, store: createStore(reduce, emptyInbox) };
  restoreDrafts(next);
  assert.deepEqual(next.store.state().drafts, {});
});

function threadOf(desk: Desk): Thread {
  const thread = desk.store.state().threads['conv_1'];
  assert.ok(thread);
  return thread;
}
