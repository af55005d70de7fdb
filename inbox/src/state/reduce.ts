import type { ConversationRow, MessageRow } from '../api/rows.ts';
import { emptyThread, type Action, type InboxState } from './inbox-state.ts';
import { upsert } from './rows.ts';
import {
  onlyOpenThread,
  withMessages,
  withNewestPage,
  withOlderPage,
  withOutgoing,
  withRefusal,
  withThread,
  withoutOutgoing,
} from './threads.ts';

/** The inbox after an action. Pure: the same state and action give the same state. */
export function reduce(state: InboxState, action: Action): InboxState {
  switch (action.type) {
    case 'list.loading':
      return { ...state, list: { ...state.list, phase: 'loading', failure: null } };
    case 'list.loaded':
      return withList(state, action);
    case 'list.failed':
      return { ...state, list: { ...state.list, phase: 'failed', failure: action.failure } };
    case 'contacts.loaded':
      return { ...state, contacts: upsert(state.contacts, action.rows) };
    case 'accounts.loaded':
      return { ...state, accounts: Object.fromEntries(action.rows.map((row) => [row.id, row])) };
    case 'account.changed':
      return { ...state, accounts: { ...state.accounts, [action.row.id]: action.row } };
    case 'conversations.changed':
      return { ...state, conversations: upsert(state.conversations, action.rows) };
    case 'messages.changed':
      return withScheduled(withMessages(state, action.rows), action.rows);
    case 'conversation.opened':
      return { ...state, open: action.id };
    case 'conversation.read':
      return withNoUnread(state, action.id);
    case 'thread.loading':
      return withThread(state, action.id, {
        ...(state.threads[action.id] ?? emptyThread),
        phase: 'loading',
        failure: null,
      });
    case 'thread.loaded':
      return withNewestPage(state, action);
    case 'thread.extended':
      return withOlderPage(state, action);
    case 'thread.failed':
      return withThread(state, action.id, {
        ...(state.threads[action.id] ?? emptyThread),
        phase: 'failed',
        failure: action.failure,
      });
    case 'threads.forgotten':
      return onlyOpenThread(state);
    case 'send.started':
      return withOutgoing(state, action.outgoing);
    case 'send.refused':
      return withRefusal(state, action.conversationId, action.clientRef, action.failure);
    case 'send.dropped':
      return withoutOutgoing(state, action.conversationId, action.clientRef);
    case 'draft.changed':
      return withDraft(state, action.conversationId, action.text);
    case 'reply.chosen':
      return withReply(state, action.conversationId, action.row);
    case 'scheduled.loaded':
      return { ...state, scheduled: Object.fromEntries(action.rows.map((row) => [row.id, row])) };
    case 'broadcasts.loaded':
      return { ...state, broadcasts: Object.fromEntries(action.rows.map((row) => [row.id, row])) };
    case 'broadcast.changed':
      return state.broadcasts ? { ...state, broadcasts: { ...state.broadcasts, [action.row.id]: action.row } } : state;
    case 'connection.changed':
      return { ...state, connection: action.connection };
    case 'seq.seen':
      return { ...state, seq: Math.max(state.seq ?? 0, action.seq) };
  }
}

function withList(
  state: InboxState,
  page: { rows: ConversationRow[]; complete: boolean; fromStart: boolean },
): InboxState {
  const before = page.fromStart ? 0 : state.list.paged;
  return {
    ...state,
    conversations: upsert(state.conversations, page.rows),
    list: { phase: 'ready', failure: null, paged: before + page.rows.length, complete: page.complete },
  };
}

/** Shown as read at once; the server's answer has the last word. */
function withNoUnread(state: InboxState, id: string): InboxState {
  const row = state.conversations[id];
  return row ? { ...state, conversations: { ...state.conversations, [id]: { ...row, unread_count: 0 } } } : state;
}

function withDraft(state: InboxState, id: string, text: string): InboxState {
  const { [id]: _, ...others } = state.drafts;
  return { ...state, drafts: text === '' ? others : { ...others, [id]: text } };
}

function withReply(state: InboxState, id: string, row: MessageRow | null): InboxState {
  const { [id]: _, ...others } = state.replies;
  return { ...state, replies: row ? { ...others, [id]: row } : others };
}

/** Every message with a time is kept, so that a late event can't bring one back that has left; the page shows those that still wait. */
function withScheduled(state: InboxState, rows: readonly MessageRow[]): InboxState {
  const timed = rows.filter((row) => row.scheduled_at);
  return state.scheduled && timed.length > 0 ? { ...state, scheduled: upsert(state.scheduled, timed) } : state;
}
