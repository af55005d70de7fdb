import type { Failure } from '../api/http.ts';
import type { MessageRow } from '../api/rows.ts';
import { emptyThread, type InboxState, type Outgoing, type Table, type Thread } from './inbox-state.ts';
import { mergeMessages } from './rows.ts';

interface Page {
  id: string;
  rows: MessageRow[];
  complete: boolean;
}

/** The newest page of a thread. Rows held from before the page's start go, because there may be a gap between. */
export function withNewestPage(state: InboxState, { id, rows, complete }: Page): InboxState {
  const thread = state.threads[id] ?? emptyThread;
  const cursor = oldestOf(rows);
  const overlapping = thread.rows.filter((row) => cursor === null || row.created_at >= cursor);
  const joined = withRows({ ...thread, rows: overlapping }, rows);
  return withThread(state, id, { ...joined, phase: 'ready', failure: null, cursor, complete });
}

/** An older page. One that brings nothing new is taken for the beginning. */
export function withOlderPage(state: InboxState, { id, rows, complete }: Page): InboxState {
  const thread = state.threads[id] ?? emptyThread;
  const joined = withRows(thread, rows);
  const nothingNew = joined.rows.length === thread.rows.length;
  const cursor = oldestOf(rows) ?? thread.cursor;
  return withThread(state, id, { ...joined, phase: 'ready', failure: null, cursor, complete: complete || nothingNew });
}

/** Messages that came or changed, put into the threads that are loaded; the others will read them when opened. */
export function withMessages(state: InboxState, rows: readonly MessageRow[]): InboxState {
  const threads: Record<string, Thread> = { ...state.threads };
  for (const [id, changed] of Map.groupBy(rows, (row) => row.conversation_id)) {
    const thread = threads[id];
    if (thread) threads[id] = withRows(thread, changed);
  }
  return { ...state, threads };
}

export function withOutgoing(state: InboxState, outgoing: Outgoing): InboxState {
  const id = outgoing.row.conversation_id;
  const thread = state.threads[id] ?? emptyThread;
  return withThread(state, id, { ...thread, outgoing: [...thread.outgoing, outgoing] });
}

export function withRefusal(state: InboxState, id: string, clientRef: string, failure: Failure): InboxState {
  return withOutgoings(state, id, (all) =>
    all.map((outgoing) => (outgoing.row.client_ref === clientRef ? { ...outgoing, failure } : outgoing)),
  );
}

export function withoutOutgoing(state: InboxState, id: string, clientRef: string): InboxState {
  return withOutgoings(state, id, (all) => all.filter((outgoing) => outgoing.row.client_ref !== clientRef));
}

/** Lets every thread go but the open one, and what is still to be sent. */
export function onlyOpenThread(state: InboxState): InboxState {
  const kept = Object.entries(state.threads).filter(([id, thread]) => id === state.open || thread.outgoing.length > 0);
  return {
    ...state,
    threads: Object.fromEntries(kept.map(([id, thread]) => [id, id === state.open ? thread : unloaded(thread)])),
  };
}

export function withThread(state: InboxState, id: string, thread: Thread): InboxState {
  const threads: Table<Thread> = { ...state.threads, [id]: thread };
  return { ...state, threads };
}

/** A server row that bears the reference of something outgoing takes its place. */
function withRows(thread: Thread, rows: readonly MessageRow[]): Thread {
  const refs = new Set(rows.map((row) => row.client_ref));
  const outgoing = thread.outgoing.filter(({ row }) => !refs.has(row.client_ref));
  return { ...thread, rows: mergeMessages(thread.rows, rows), outgoing };
}

function withOutgoings(state: InboxState, id: string, change: (all: readonly Outgoing[]) => Outgoing[]): InboxState {
  const thread = state.threads[id];
  return thread ? withThread(state, id, { ...thread, outgoing: change(thread.outgoing) }) : state;
}

function unloaded(thread: Thread): Thread {
  return { ...emptyThread, outgoing: thread.outgoing };
}

function oldestOf(rows: readonly MessageRow[]): string | null {
  return rows.reduce<string | null>(
    (oldest, row) => (oldest === null || row.created_at < oldest ? row.created_at : oldest),
    null,
  );
}
