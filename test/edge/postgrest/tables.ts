import assert from 'node:assert/strict';
import { parseQuery } from '@parley/core/edge/postgrest/parse-query.ts';
import type { Problem } from '@parley/core/edge/postgrest/problem.ts';
import type { Query, Row, TableSchema } from '@parley/core/edge/postgrest/query.ts';
import { runQuery } from '@parley/core/edge/postgrest/run-query.ts';

/** A small table of messages with a column of every type. */
export const messages: TableSchema = {
  name: 'messages',
  columns: {
    id: 'text',
    conversation_id: 'text',
    direction: 'text',
    status: 'text',
    message: 'text',
    tags: 'text[]',
    metadata: 'json',
    seq: 'integer',
    flagged: 'boolean',
    created_at: 'timestamptz',
  },
  bareFilters: ['conversation_id', 'direction', 'status'],
  words: { direction: ['INBOUND', 'OUTBOUND'], status: ['PENDING', 'SENT', 'DELIVERED', 'READ', 'FAILED'] },
};

export const accounts: TableSchema = {
  name: 'channel_accounts',
  columns: { id: 'text', status: 'text' },
  bareFilters: ['status'],
  words: { status: ['Active', 'Inactive'] },
};

const empty = { message: null, tags: null, metadata: null, seq: null, flagged: null };

export const rows: readonly Row[] = [
  {
    ...empty,
    id: 'm1',
    conversation_id: 'c1',
    direction: 'INBOUND',
    status: 'READ',
    message: 'Hello, World',
    seq: 1,
    tags: ['vip', 'new'],
    metadata: { k: 'a', n: 5, deep: { list: [1, 2, { x: 'y' }] } },
    flagged: true,
    created_at: '2026-01-01T10:00:00.000Z',
  },
  {
    ...empty,
    id: 'm2',
    conversation_id: 'c1',
    direction: 'OUTBOUND',
    status: 'SENT',
    message: 'say "hi", (ok)',
    seq: 10,
    tags: ['new'],
    metadata: { k: 'b', n: 40 },
    flagged: false,
    created_at: '2026-01-01T11:00:00.500Z',
  },
  {
    ...empty,
    id: 'm3',
    conversation_id: 'c2',
    direction: 'INBOUND',
    status: 'READ',
    message: 'مَرْحَبًا بك في متجرنا',
    seq: 9,
    created_at: '2026-01-02T00:00:00.000Z',
  },
  {
    ...empty,
    id: 'm4',
    conversation_id: 'c2',
    direction: 'OUTBOUND',
    status: 'FAILED',
    seq: 100,
    tags: [],
    metadata: { k: null },
    created_at: '2026-01-03T00:00:00.000Z',
  },
  {
    ...empty,
    id: 'm5',
    conversation_id: 'c3',
    direction: 'OUTBOUND',
    status: 'PENDING',
    message: '100% *done*_',
    created_at: '2026-01-04T00:00:00.000Z',
  },
];

export function parsed(queryString: string, table = messages): Query {
  const result = parseQuery(queryString, table);
  assert.ok(result.ok, result.ok ? '' : `${queryString}: ${JSON.stringify(result.problem)}`);
  return result.query;
}

export function refused(queryString: string, table = messages): Problem {
  const result = parseQuery(queryString, table);
  assert.ok(!result.ok, `${queryString} should be refused`);
  return result.problem;
}

/** The ids a query string finds, in its order. */
export function found(queryString: string): string {
  return runQuery(parsed(queryString), rows)
    .rows.map((row) => String(row['id']))
    .join(' ');
}
