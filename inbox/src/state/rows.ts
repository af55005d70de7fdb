import type { MessageRow, Status } from '../api/rows.ts';
import type { Table } from './inbox-state.ts';

interface Versioned {
  id: string;
  updated_at: string;
}

/** How far a message has come; where two versions bear the same time, the further one is the newer. */
const rank: Record<Status, number> = { PENDING: 0, SENT: 1, FAILED: 2, DELIVERED: 3, READ: 4 };

/** The newer of two versions of a row, so that a late event never takes a status back. */
function newer<T extends Versioned>(known: T | undefined, incoming: T): T {
  if (!known) return incoming;
  const difference = Date.parse(incoming.updated_at) - Date.parse(known.updated_at);
  if (difference === 0) return rankOf(incoming) < rankOf(known) ? known : incoming;
  return difference < 0 ? known : incoming;
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

function rankOf(row: object): number {
  const status = 'direction' in row && 'status' in row ? (row.status as Status) : 'PENDING';
  return rank[status];
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
