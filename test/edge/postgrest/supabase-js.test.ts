import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import test, { after, before } from 'node:test';
import { applyRange } from '@parley/core/edge/postgrest/parse-page.ts';
import { parseQuery } from '@parley/core/edge/postgrest/parse-query.ts';
import { parsePrefer } from '@parley/core/edge/postgrest/prefer.ts';
import type { Problem } from '@parley/core/edge/postgrest/problem.ts';
import { problem } from '@parley/core/edge/postgrest/problem.ts';
import type { Response } from '@parley/core/edge/postgrest/respond.ts';
import { respond, respondProblem } from '@parley/core/edge/postgrest/respond.ts';
import { runQuery } from '@parley/core/edge/postgrest/run-query.ts';
import type { SupabaseClient } from '@supabase/supabase-js';
import { createClient } from '@supabase/supabase-js';
import { listenAt, stop } from '../../support/loopback.ts';
import { messages, rows } from './tables.ts';

function answer(request: IncomingMessage): Response {
  const url = new URL(request.url ?? '', 'http://localhost');
  const refuse = (found: Problem) => respondProblem(found, request.method);
  if (url.pathname !== '/rest/v1/messages')
    return refuse(problem('PGRST205', `Could not find the table '${url.pathname}'`));
  const prefer = parsePrefer(request.headers['prefer']?.toString());
  if (!prefer.ok) return refuse(prefer.problem);
  const parsed = parseQuery(url.search, messages);
  if (!parsed.ok) return refuse(parsed.problem);
  const query = applyRange(parsed.query, request.headers.range, request.headers['range-unit']?.toString());
  if (!query.ok) return refuse(query.problem);
  const { method = 'GET' } = request;
  const read = { method, accept: request.headers.accept, prefer: prefer.value, query: query.value };
  return respond(runQuery(query.value, rows), read);
}

const asked: string[] = [];
const server = createServer((request: IncomingMessage, response: ServerResponse) => {
  asked.push(request.url ?? '');
  const { statusCode, headers, body } = answer(request);
  response.writeHead(statusCode, headers).end(body);
});
let client: SupabaseClient;

before(async () => {
  client = createClient(await listenAt(server), 'prl_test', {
    auth: { persistSession: false, autoRefreshToken: false },
  });
});

after(() => stop(server));

const from = (select = 'id') => client.from('messages').select(select);
type Read = PromiseLike<{ data: unknown; error: unknown; status: number }>;

async function ids(read: Read): Promise<string> {
  const { data, error } = await read;
  assert.equal(error, null, JSON.stringify(error));
  assert.ok(Array.isArray(data));
  return data.map((row: { id: string }) => row.id).join(' ');
}

test('select answers every column of every row', async () => {
  const { data, error, status } = await client.from('messages').select();
  assert.deepEqual([error, status, data], [null, 200, rows]);
});

test('filters', async () => {
  assert.equal(await ids(from().eq('conversation_id', 'c1')), 'm1 m2');
  assert.equal(await ids(from().neq('status', 'READ')), 'm2 m4 m5');
  assert.equal(await ids(from().gt('seq', 9).lte('seq', 100)), 'm2 m4');
  assert.equal(await ids(from().in('status', ['SENT', 'FAILED'])), 'm2 m4');
  assert.equal(await ids(from().in('message', ['Hello, World', 'other'])), 'm1');
  assert.equal(await ids(from().in('id', [])), '');
  assert.equal(await ids(from().notIn('id', ['m1', 'm2'])), 'm3 m4 m5');
  assert.equal(await ids(from().is('message', null)), 'm4');
  assert.equal(await ids(from().is('flagged', true)), 'm1');
  assert.equal(await ids(from().isDistinct('seq', 1)), 'm2 m3 m4 m5');
  assert.equal(await ids(from().not('message', 'is', null)), 'm1 m2 m3 m5');
  assert.equal(await ids(from().not('status', 'in', '(SENT,FAILED)')), 'm1 m3 m5');
  assert.equal(await ids(from().match({ conversation_id: 'c2', status: 'READ' })), 'm3');
  assert.equal(await ids(from().filter('seq', 'in', '(1,9)')), 'm1 m3');
});

test('times given as the client writes them', async () => {
  const day = new Date('2026-01-02T00:00:00Z').toISOString();
  assert.equal(await ids(from().gte('created_at', day).lt('created_at', '2026-01-03T02:00:00+02:00')), 'm3');
});

test('groups', async () => {
  assert.equal(await ids(from().or('id.eq.m1,and(seq.gt.9,seq.lt.50)')), 'm1 m2');
  assert.equal(await ids(from().or('message.ilike.%world%,message.is.null')), 'm1 m4');
  assert.equal(await ids(from().or('status.in.(SENT,FAILED),tags.cs.{vip}')), 'm1 m2 m4');
});

test('patterns and text search', async () => {
  assert.equal(await ids(from().like('message', 'Hello%')), 'm1');
  assert.equal(await ids(from().ilike('message', '%HI%')), 'm2');
  assert.equal(await ids(from().likeAnyOf('message', ['Hello%', '100%'])), 'm1 m5');
  assert.equal(await ids(from().ilikeAllOf('message', ['%h%', '%i%'])), 'm2');
  assert.equal(await ids(from().regexIMatch('message', '^hel+o')), 'm1');
  assert.equal(await ids(from().textSearch('message', `'hello' & 'world'`, { config: 'english' })), 'm1');
  assert.equal(await ids(from().textSearch('message', 'متجرنا مرحبا', { type: 'plain' })), 'm3');
  assert.equal(await ids(from().textSearch('message', '"hello world"', { type: 'websearch' })), 'm1');
});

test('arrays and json', async () => {
  assert.equal(await ids(from().contains('tags', ['vip', 'new'])), 'm1');
  assert.equal(await ids(from().containedBy('tags', ['new', 'x'])), 'm2 m4');
  assert.equal(await ids(from().overlaps('tags', ['vip', 'x'])), 'm1');
  assert.equal(await ids(from().contains('metadata', { deep: { list: [1] } })), 'm1');
  assert.equal(await ids(from().eq('metadata->>k', 'b')), 'm2');
  assert.equal(await ids(from().gt('metadata->n', 5)), 'm2');
  const { data } = await client.from('messages').select('id, key:metadata->>k, metadata->deep->list').eq('id', 'm1');
  assert.deepEqual(data, [{ id: 'm1', key: 'a', list: [1, 2, { x: 'y' }] }]);
});

test('order, limit and range', async () => {
  assert.equal(await ids(from().order('seq', { ascending: false, nullsFirst: false })), 'm4 m2 m3 m1 m5');
  assert.equal(await ids(from().order('conversation_id', { ascending: false }).order('id').limit(3)), 'm5 m3 m4');
  assert.equal(await ids(from().order('id').range(1, 2)), 'm2 m3');
  assert.match(asked.at(-1) ?? '', /offset=1&limit=2/);
});

test('count, with rows and alone', async () => {
  const page = await client.from('messages').select('id', { count: 'exact' }).order('id').range(0, 1);
  assert.deepEqual([page.status, page.count, page.data], [206, 5, [{ id: 'm1' }, { id: 'm2' }]]);
  const head = await client.from('messages').select('*', { count: 'exact', head: true }).eq('status', 'READ');
  assert.deepEqual([head.status, head.count, head.data], [200, 2, null]);
  const beyond = await client.from('messages').select('id', { count: 'exact' }).range(9, 10);
  assert.deepEqual([beyond.status, beyond.error?.code], [416, 'PGRST103']);
});

test('single and maybeSingle', async () => {
  assert.deepEqual((await from().eq('id', 'm3').single()).data, { id: 'm3' });
  const none = await from().eq('id', 'none').single();
  assert.deepEqual(
    [none.status, none.error?.code, none.error?.details],
    [406, 'PGRST116', 'The result contains 0 rows'],
  );
  assert.deepEqual((await from().eq('id', 'm3').maybeSingle()).data, { id: 'm3' });
  assert.deepEqual((await from().eq('id', 'none').maybeSingle()).data, null);
  assert.equal((await from().maybeSingle()).error?.code, 'PGRST116');
});

test('csv and stripped nulls', async () => {
  const csv = await from('id,seq').order('id').limit(2).csv();
  assert.equal(csv.data, 'id,seq\nm1,1\nm2,10');
  const stripped = await from('id,message').eq('id', 'm4').stripNulls();
  assert.deepEqual(stripped.data, [{ id: 'm4' }]);
});

test('a refusal reaches the caller with its code, words and hint', async () => {
  const unknown = await from('nope');
  assert.deepEqual([unknown.status, unknown.error?.code], [400, '42703']);
  assert.match(unknown.error?.hint ?? '', /conversation_id/);
  const table = await client.from('nope').select();
  assert.deepEqual([table.status, table.error?.code], [404, 'PGRST205']);
  const plan = await from().explain();
  assert.deepEqual([plan.status, plan.error?.code], [406, 'PGRST107']);
});
