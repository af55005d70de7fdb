import assert from 'node:assert/strict';
import test from 'node:test';
import { createClient } from '@supabase/supabase-js';
import type { Comparison, Filter, Query, TableSchema } from '@parley/core/edge/postgrest/query.ts';
import { everyColumn } from '@parley/core/edge/postgrest/parse-select.ts';
import { parsed } from './tables.ts';

const table: TableSchema = {
  name: 'messages',
  columns: {
    id: 'text',
    status: 'text',
    text: 'text',
    tags: 'text[]',
    metadata: 'json',
    n: 'integer',
    at: 'timestamptz',
  },
  bareFilters: [],
};

function compare(column: string, operator: Comparison['operator'], ...values: string[]): Comparison {
  const [name = '', ...path] = column.split('->>');
  const type = path.length > 0 ? 'text' : (table.columns[name] ?? 'text');
  return { kind: 'comparison', operand: { column: name, type, path }, operator, values };
}

const not = (filter: Filter): Filter => ({ kind: 'not', filter });
const where = (...filters: Filter[]): Partial<Query> => ({ filters: { kind: 'and', filters } });
const at = { column: 'at', type: 'timestamptz', path: [] } as const;

let wire = '';
const fetch = async (input: string | URL | Request) => {
  wire = new URL(input instanceof Request ? input.url : input).search.slice(1);
  return new Response('[]', { headers: { 'content-type': 'application/json' } });
};
const client = createClient('http://parley.test', 'prl_test', {
  auth: { persistSession: false, autoRefreshToken: false },
  global: { fetch },
});
const from = (columns?: string) => client.from('messages').select(columns);

// A call of supabase-js, what it puts after the question mark, and what that means.
const captured: [() => PromiseLike<unknown>, string, Partial<Query>][] = [
  [() => from(), 'select=*', {}],
  [
    () => from('id, text'),
    'select=id%2Ctext',
    { select: everyColumn(table).filter(({ name }) => name === 'id' || name === 'text') },
  ],
  [() => from().eq('id', 'x'), 'select=*&id=eq.x', where(compare('id', 'eq', 'x'))],
  [
    () => from().gte('at', '2026-01-01T00:00:00.000Z').lt('at', '2026-01-02T00:00:00+02:00'),
    'select=*&at=gte.2026-01-01T00%3A00%3A00.000Z&at=lt.2026-01-02T00%3A00%3A00%2B02%3A00',
    where(compare('at', 'gte', '2026-01-01T00:00:00.000Z'), compare('at', 'lt', '2026-01-02T00:00:00+02:00')),
  ],
  [
    () => from().in('status', ['SENT', 'DELIVERED']),
    'select=*&status=in.%28SENT%2CDELIVERED%29',
    where(compare('status', 'in', 'SENT', 'DELIVERED')),
  ],
  [
    () => from().in('text', ['a,b', '(c)', 'd']),
    'select=*&text=in.%28%22a%2Cb%22%2C%22%28c%29%22%2Cd%29',
    where(compare('text', 'in', 'a,b', '(c)', 'd')),
  ],
  [() => from().is('text', null), 'select=*&text=is.null', where(compare('text', 'is', 'null'))],
  [() => from().not('text', 'is', null), 'select=*&text=not.is.null', where(not(compare('text', 'is', 'null')))],
  [
    () => from().not('status', 'in', '(SENT,READ)'),
    'select=*&status=not.in.%28SENT%2CREAD%29',
    where(not(compare('status', 'in', 'SENT', 'READ'))),
  ],
  [() => from().ilike('text', '%hi%'), 'select=*&text=ilike.%25hi%25', where(compare('text', 'ilike', '%hi%'))],
  [
    () => from().likeAnyOf('text', ['a%', 'b%']),
    'select=*&text=like%28any%29.%7Ba%25%2Cb%25%7D',
    where({ ...compare('text', 'like', 'a%', 'b%'), quantifier: 'any' }),
  ],
  [
    () => from().textSearch('text', 'hi', { type: 'websearch', config: 'english' }),
    'select=*&text=wfts%28english%29.hi',
    where(compare('text', 'wfts', 'hi')),
  ],
  [
    () => from().textSearch('text', 'hi there', { type: 'plain' }),
    'select=*&text=plfts.hi+there',
    where(compare('text', 'plfts', 'hi there')),
  ],
  [() => from().contains('tags', ['vip']), 'select=*&tags=cs.%7Bvip%7D', where(compare('tags', 'cs', '{vip}'))],
  [
    () => from().contains('metadata', { k: 'v' }),
    'select=*&metadata=cs.%7B%22k%22%3A%22v%22%7D',
    where(compare('metadata', 'cs', '{"k":"v"}')),
  ],
  [() => from().eq('metadata->>k', 'x'), 'select=*&metadata-%3E%3Ek=eq.x', where(compare('metadata->>k', 'eq', 'x'))],
  [
    () => from().or('id.eq.x,and(n.gt.1,n.lt.2)'),
    'select=*&or=%28id.eq.x%2Cand%28n.gt.1%2Cn.lt.2%29%29',
    where({
      kind: 'or',
      filters: [compare('id', 'eq', 'x'), { kind: 'and', filters: [compare('n', 'gt', '1'), compare('n', 'lt', '2')] }],
    }),
  ],
  [
    () => from().order('at', { ascending: false, nullsFirst: false }),
    'select=*&order=at.desc.nullslast',
    { order: [{ ...at, descending: true, nullsFirst: false }] },
  ],
  [
    () => from().order('at').order('id', { ascending: false }),
    'select=*&order=at.asc%2Cid.desc',
    {
      order: [
        { ...at, descending: false, nullsFirst: false },
        { column: 'id', type: 'text', path: [], descending: true, nullsFirst: true },
      ],
    },
  ],
  [() => from().limit(20), 'select=*&limit=20', { limit: 20 }],
  [() => from().range(20, 39), 'select=*&offset=20&limit=20', { offset: 20, limit: 20 }],
  [
    () => client.from('messages').insert([{ id: 'x', text: 'y' }]),
    'columns=%22id%22%2C%22text%22',
    { columns: ['id', 'text'] },
  ],
  [() => client.from('messages').upsert({ id: 'x' }, { onConflict: 'id' }), 'on_conflict=id', { onConflict: ['id'] }],
];

for (const [call, queryString, meaning] of captured) {
  test(`${decodeURIComponent(queryString)} is read as the client means it`, async () => {
    await call();
    assert.equal(wire, queryString);
    const plain: Query = { filters: { kind: 'and', filters: [] }, select: everyColumn(table), order: [], offset: 0 };
    assert.deepEqual(parsed(wire, table), { ...plain, ...meaning });
  });
}
