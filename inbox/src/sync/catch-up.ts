import type { ChangeRow, LiveChange, LiveFrame } from '../api/live-rows.ts';
import type { Action } from '../state/inbox-state.ts';
import { loadAccounts } from './accounts.ts';
import { loadConversations, loadList } from './conversations.ts';
import type { Desk } from './desk.ts';
import { loadNewest } from './thread.ts';

const changesPage = 100;
/** Beyond this many pages of missed changes, loading afresh is less work. */
const mostPages = 3;
/** A step comes as several pushes, of which the last may have been lost: the last few steps are read again. */
const overlap = 5;
const idsPerRead = 50;

/**
 * One pushed step into the inbox. False when there is more to read: steps of the feed between the last one and this have not come, because they were
 * lost or overtaken, or a part of this one was too large. The feed has no gaps, so the position stays before them.
 */
export function applyFrame(desk: Desk, { seq, changes, more = false }: LiveFrame): boolean {
  for (const change of changes) desk.store.dispatch(actionOf(change));
  const last = desk.store.state().seq;
  const isWhole = !more && (last === null || seq <= last + 1);
  if (isWhole) desk.store.dispatch({ type: 'seq.seen', seq });
  return isWhole;
}

function actionOf(change: LiveChange): Action {
  switch (change.type) {
    case 'channel_account.updated':
      return { type: 'account.changed', row: change.data };
    case 'conversation.updated':
      return { type: 'conversations.changed', rows: [change.data] };
    case 'broadcast.updated':
      return { type: 'broadcast.changed', row: change.data };
    case 'message.created':
    case 'message.updated':
      return { type: 'messages.changed', rows: [change.data] };
  }
}

/** Brings the inbox up to now after the socket was away: by the change feed, else by loading list and open thread afresh. */
export async function catchUp(desk: Desk): Promise<void> {
  const missed = await missedChanges(desk);
  const applied = missed !== null && (await applyChanges(desk, missed));
  if (!applied) await startOver(desk);
}

/** What was missed; null when the feed can't tell: no step seen yet, refused, or too much. */
async function missedChanges(desk: Desk): Promise<ChangeRow[] | null> {
  const { seq } = desk.store.state();
  if (seq === null) return null;
  const missed: ChangeRow[] = [];
  for (let page = 0, from = Math.max(0, seq - overlap); page < mostPages; page += 1) {
    const answer = await desk.client.changes(from, changesPage);
    if (!answer.ok) return null;
    missed.push(...answer.value);
    from = answer.value.at(-1)?.seq ?? from;
    if (answer.value.length < changesPage) return missed;
  }
  return null;
}

async function applyChanges(desk: Desk, missed: ChangeRow[]): Promise<boolean> {
  const changes = missed.flatMap((step) => step.changes);
  const conversations = unique(changes.map((change) => change.conversation_id));
  const { threads } = desk.store.state();
  const inLoaded = changes.filter((change) => change.conversation_id && threads[change.conversation_id]);
  const messages = unique(inLoaded.map((change) => change.message_id));
  const done = await Promise.all([
    ...chunks(conversations).map((ids) => loadConversations(desk, ids)),
    ...chunks(messages).map((ids) => loadMessages(desk, ids)),
    changes.some((change) => change.channel_account_id) ? loadAccounts(desk).then((failure) => failure === null) : true,
  ]);
  const last = missed.at(-1);
  if (last && done.every(Boolean)) desk.store.dispatch({ type: 'seq.seen', seq: last.seq });
  return done.every(Boolean);
}

async function loadMessages(desk: Desk, ids: string[]): Promise<boolean> {
  const answer = await desk.client.messagesById(ids);
  if (answer.ok) desk.store.dispatch({ type: 'messages.changed', rows: answer.value });
  return answer.ok;
}

async function startOver(desk: Desk): Promise<void> {
  desk.store.dispatch({ type: 'threads.forgotten' });
  const { open } = desk.store.state();
  await Promise.all([loadList(desk), open === null ? null : loadNewest(desk, open)]);
}

function unique(ids: (string | null | undefined)[]): string[] {
  return [...new Set(ids.filter((id) => typeof id === 'string'))];
}

function chunks(ids: string[]): string[][] {
  const count = Math.ceil(ids.length / idsPerRead);
  return Array.from({ length: count }, (_, index) => ids.slice(index * idsPerRead, (index + 1) * idsPerRead));
}
