import type { BroadcastRow } from '../api/broadcast-rows.ts';
import type { Failure } from '../api/http.ts';
import type { ChannelAccountRow, ContactRow, ConversationRow, MessageRow } from '../api/rows.ts';

export type Table<T> = Readonly<Record<string, T>>;
export type Connection = 'connecting' | 'live' | 'offline';

/** A message of ours that the server has not yet shown back. Its row is made here, with `client_ref` to know the server's by. */
export interface Outgoing {
  row: MessageRow & { client_ref: string };
  /** why the server refused it; null while it is under way */
  failure: Failure | null;
}

/** What is loaded of one conversation's messages: everything from `cursor` on, oldest first. */
export interface Thread {
  rows: readonly MessageRow[];
  outgoing: readonly Outgoing[];
  phase: 'loading' | 'ready' | 'failed';
  failure: Failure | null;
  /** creation time of the oldest message loaded by paging */
  cursor: string | null;
  /** nothing is older than what is loaded */
  complete: boolean;
}

interface ConversationList {
  phase: 'loading' | 'ready' | 'failed';
  failure: Failure | null;
  /** how many rows paging has brought: the next offset. Newer activity only makes pages overlap, never leaves a gap */
  paged: number;
  complete: boolean;
}

export interface InboxState {
  conversations: Table<ConversationRow>;
  contacts: Table<ContactRow>;
  accounts: Table<ChannelAccountRow>;
  list: ConversationList;
  threads: Table<Thread>;
  drafts: Table<string>;
  /** by conversation: the message that is being answered */
  replies: Table<MessageRow>;
  /** the messages that wait for their time; null until they were asked for */
  scheduled: Table<MessageRow> | null;
  /** null until they were asked for */
  broadcasts: Table<BroadcastRow> | null;
  /** id of the conversation on screen */
  open: string | null;
  connection: Connection;
  /** the newest step of the change feed that reached us */
  seq: number | null;
}

export type Action =
  | { type: 'list.loading' }
  | { type: 'list.loaded'; rows: ConversationRow[]; complete: boolean; fromStart: boolean }
  | { type: 'list.failed'; failure: Failure }
  | { type: 'contacts.loaded'; rows: ContactRow[] }
  | { type: 'accounts.loaded'; rows: ChannelAccountRow[] }
  | { type: 'account.changed'; row: ChannelAccountRow }
  | { type: 'conversations.changed'; rows: ConversationRow[] }
  | { type: 'messages.changed'; rows: MessageRow[] }
  | { type: 'conversation.opened'; id: string | null }
  | { type: 'conversation.read'; id: string }
  | { type: 'thread.loading'; id: string }
  /** the newest page: what is held from before it is let go, because there may be a gap between */
  | { type: 'thread.loaded'; id: string; rows: MessageRow[]; complete: boolean }
  /** an older page */
  | { type: 'thread.extended'; id: string; rows: MessageRow[]; complete: boolean }
  | { type: 'thread.failed'; id: string; failure: Failure }
  /** all threads but the open one are let go, after changes were missed */
  | { type: 'threads.forgotten' }
  | { type: 'send.started'; outgoing: Outgoing }
  | { type: 'send.refused'; conversationId: string; clientRef: string; failure: Failure }
  | { type: 'send.dropped'; conversationId: string; clientRef: string }
  | { type: 'draft.changed'; conversationId: string; text: string }
  | { type: 'reply.chosen'; conversationId: string; row: MessageRow | null }
  | { type: 'scheduled.loaded'; rows: MessageRow[] }
  | { type: 'broadcasts.loaded'; rows: BroadcastRow[] }
  | { type: 'broadcast.changed'; row: BroadcastRow }
  | { type: 'connection.changed'; connection: Connection }
  | { type: 'seq.seen'; seq: number };

export const emptyInbox: InboxState = {
  conversations: {},
  contacts: {},
  accounts: {},
  list: { phase: 'loading', failure: null, paged: 0, complete: false },
  threads: {},
  drafts: {},
  replies: {},
  scheduled: null,
  broadcasts: null,
  open: null,
  connection: 'connecting',
  seq: null,
};

export const emptyThread: Thread = {
  rows: [],
  outgoing: [],
  phase: 'loading',
  failure: null,
  cursor: null,
  complete: false,
};
