import { loadConversations } from './conversations.ts';
import { threadPage, type Desk } from './desk.ts';

/** Puts a conversation on screen and loads its newest messages, once. */
export async function openConversation(desk: Desk, id: string | null): Promise<void> {
  desk.store.dispatch({ type: 'conversation.opened', id });
  if (id === null) return;
  const { conversations, threads } = desk.store.state();
  const row = conversations[id] ? Promise.resolve(true) : loadConversations(desk, [id]);
  const loaded = threads[id] && threads[id].cursor !== null;
  await Promise.all([row, loaded ? null : loadNewest(desk, id)]);
}

/** The newest page of a thread, in place of what was held. */
export async function loadNewest(desk: Desk, id: string): Promise<void> {
  desk.store.dispatch({ type: 'thread.loading', id });
  const answer = await desk.client.messages({ conversationId: id, before: null, limit: threadPage });
  if (!answer.ok) return desk.store.dispatch({ type: 'thread.failed', id, failure: answer.failure });
  const complete = answer.value.length < threadPage;
  desk.store.dispatch({ type: 'thread.loaded', id, rows: answer.value, complete });
}

/** The page before what is loaded, unless one is on its way or the beginning is reached. */
export async function loadOlder(desk: Desk, id: string): Promise<void> {
  const thread = desk.store.state().threads[id];
  if (!thread || thread.phase === 'loading' || thread.complete || thread.cursor === null) return;
  desk.store.dispatch({ type: 'thread.loading', id });
  const answer = await desk.client.messages({ conversationId: id, before: thread.cursor, limit: threadPage });
  if (!answer.ok) return desk.store.dispatch({ type: 'thread.failed', id, failure: answer.failure });
  const complete = answer.value.length < threadPage;
  desk.store.dispatch({ type: 'thread.extended', id, rows: answer.value, complete });
}

/** One message as it is now, with fresh links to its file. */
export async function rereadMessage(desk: Desk, id: string): Promise<void> {
  const answer = await desk.client.messagesById([id]);
  if (answer.ok) desk.store.dispatch({ type: 'messages.changed', rows: answer.value });
}
