import type { Failure } from '../api/http.ts';
import type { MessageRow } from '../api/rows.ts';
import type { Thread } from '../state/inbox-state.ts';

/** One message on screen. `first` and `last` say where it stands in its group. */
export interface ThreadBubble {
  /** stays the same when the server's row takes an outgoing bubble's place */
  key: string;
  row: MessageRow;
  /** why the server never took it */
  failure: Failure | null;
  first: boolean;
  last: boolean;
}

/** A day by the clock of the machine the page is read on. */
export interface ThreadDay {
  key: string;
  at: Date;
  bubbles: ThreadBubble[];
}

/** Bubbles of one side closer than this hang together; in a group chat, those of one author. */
const groupWithin = 5 * 60_000;

/** What the thread shows, top to bottom: what is stored, then what is still on its way. */
export function threadDays(thread: Pick<Thread, 'rows' | 'outgoing'>): ThreadDay[] {
  const entries = [...thread.rows.map((row) => ({ row, failure: null })), ...thread.outgoing];
  const days: ThreadDay[] = [];
  for (const [index, { row, failure }] of entries.entries()) {
    const before = entries[index - 1]?.row;
    const after = entries[index + 1]?.row;
    const first = !before || !together(before, row);
    const last = !after || !together(row, after);
    if (!before || !sameDay(before, row)) days.push(newDay(row));
    days.at(-1)?.bubbles.push({ key: row.client_ref ?? row.id, row, failure, first, last });
  }
  return days;
}

/** Keyed by its first message too: a wrong clock may bring the same day twice. */
function newDay(row: MessageRow): ThreadDay {
  const at = new Date(row.created_at);
  return { key: `${at.toDateString()} ${row.client_ref ?? row.id}`, at, bubbles: [] };
}

function together(a: MessageRow, b: MessageRow): boolean {
  const gap = Math.abs(Date.parse(b.created_at) - Date.parse(a.created_at));
  return (
    a.direction === b.direction &&
    (a.author ?? null) === (b.author ?? null) &&
    a.type !== 'system' &&
    b.type !== 'system' &&
    gap < groupWithin &&
    sameDay(a, b)
  );
}

function sameDay(a: MessageRow, b: MessageRow): boolean {
  return new Date(a.created_at).toDateString() === new Date(b.created_at).toDateString();
}
