import { loadAccounts } from './accounts.ts';
import { listPage, type Desk } from './desk.ts';

/** The first page and the channel accounts; also used to start over after changes were missed. */
export async function loadList(desk: Desk): Promise<void> {
  await Promise.all([loadPage(desk, 0), loadAccounts(desk)]);
}

/** The next page of the list, unless one is on its way or nothing is left. */
export async function loadMoreConversations(desk: Desk): Promise<void> {
  const { list } = desk.store.state();
  if (list.phase === 'loading' || list.complete) return;
  await loadPage(desk, list.paged);
}

/** Rereads conversations by id, for links into the inbox and for changes that named them. */
export async function loadConversations(desk: Desk, ids: string[]): Promise<boolean> {
  const answer = await desk.client.conversationsById(ids);
  if (answer.ok) desk.store.dispatch({ type: 'conversations.changed', rows: answer.value });
  return answer.ok;
}

/** Tells the server that the agent has seen the conversation. True when the server took it. */
export async function markRead(desk: Desk, id: string): Promise<boolean> {
  desk.store.dispatch({ type: 'conversation.read', id });
  const answer = await desk.client.markRead(id);
  if (answer.ok) desk.store.dispatch({ type: 'conversations.changed', rows: [answer.value] });
  return answer.ok;
}

async function loadPage(desk: Desk, offset: number): Promise<void> {
  desk.store.dispatch({ type: 'list.loading' });
  const answer = await desk.client.conversations({ offset, limit: listPage });
  if (!answer.ok) return desk.store.dispatch({ type: 'list.failed', failure: answer.failure });
  const complete = answer.value.length < listPage;
  desk.store.dispatch({ type: 'list.loaded', rows: answer.value, complete, fromStart: offset === 0 });
}
