import type { MessageRow, Status } from '../api/rows.ts';
import type { Table } from './inbox-state.ts';

interface Versioned {
  id: string;
  updated_at: string;
}

/** How far a message has come. */
const rank: Record<Status, number> = { PENDING: 0, SENT: 1, FAILED: 2, DELIVERED: 3, READ: 4 };

/**
 * The newer of two versions of a row, so that a late event never takes a status back. Within an attempt a message only comes further; the times that
 * its versions bear are those of several clocks, so they decide only between versions that have come as far.
 */
function newer<T extends Versioned>(known: T | undefined, incoming: T): T {
  if (!known) return incoming;
  const [before, after] = [known, incoming].map(standingOf) as [number, number];
  if (before !== after) return after > before ? incoming : known;
  return Date.parse(incoming.updated_at) < Date.parse(known.updated_at) ? known : incoming;
}

/** Puts rows into a table by id, keeping the newer version of each. */
export function upsert<T extends Versioned>(table: Table<T>, rows: readonly T[]): Table<T> {
  if (rows.length === 0) return table;
  const next: Record<string, T> = { ...table };
  for (const row of rows) next[row.id] = newer(next[row.id], row);
  return next;
}

/** Joins messages into a list that is ordered by time, then id. */
export function mergeMessages(held: readonly MessageRow[], rows: readonly MessageRow[]): readonly MessageRow[] {
  if (rows.length === 0) return held;
  const byId = new Map(held.map((row) => [row.id, row]));
  for (const row of rows) byId.set(row.id, newer(byId.get(row.id), row));
  const placed = [...byId.values()].map((row) => ({ row, at: timeOf(row) }));
  return placed.sort((a, b) => a.at - b.at || compare(a.row.id, b.row.id)).map(({ row }) => row);
}

/** Providers tell time in whole seconds. Inside its second, a received message stands where it reached us, or questions and answers would change places. */
function timeOf({ direction, created_at, status_history: [first] }: MessageRow): number {
  const created = Date.parse(created_at);
  if (direction === 'OUTBOUND' || created % 1000 !== 0 || !first) return created;
  return Math.min(Math.max(created, Date.parse(first.at)), created + 999);
}

/** Of a message, its attempt and how far that has come; anything else stands where it stood. */
function standingOf(row: object): number {
  if (!('direction' in row)) return 0;
  const { attempt, status } = row as MessageRow;
  return attempt * 10 + rank[status];
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
