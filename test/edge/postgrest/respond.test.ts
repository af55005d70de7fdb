import assert from 'node:assert/strict';
import test from 'node:test';
import { applyRange } from '@parley/core/edge/postgrest/parse-page.ts';
import { parsePrefer } from '@parley/core/edge/postgrest/prefer.ts';
import { problem } from '@parley/core/edge/postgrest/problem.ts';
import type { Response } from '@parley/core/edge/postgrest/respond.ts';
import { respond, respondProblem } from '@parley/core/edge/postgrest/respond.ts';
import { runQuery } from '@parley/core/edge/postgrest/run-query.ts';
import { parsed, rows } from './tables.ts';

interface Ask {
  method?: string;
  accept?: string;
  prefer?: string;
  range?: string;
}

function ask(queryString: string, { method = 'GET', accept, prefer, range }: Ask = {}): Response {
  const preferences = parsePrefer(prefer);
  assert.ok(preferences.ok);
  const query = applyRange(parsed(queryString), range);
  if (!query.ok) return respondProblem(query.problem, method);
  const page = runQuery(query.value, rows);
  return respond(page, { method, accept, prefer: preferences.value, query: query.value });
}

const summary = (response: Response) => [response.statusCode, response.headers['Content-Range']];
const json = (response: Response): unknown => JSON.parse(response.body);

function one(select: string): unknown {
  const accept = 'application/vnd.pgrst.object';
  return json(ask(`select=${encodeURIComponent(select)}&id=eq.m1`, { accept }));
}

test('a list is an array with its range, and no total unless asked', () => {
  const response = ask('select=id&order=id');
  assert.deepEqual(summary(response), [200, '0-4/*']);
  assert.equal(response.headers['Content-Type'], 'application/json; charset=utf-8');
  assert.equal(response.headers['Preference-Applied'], undefined);
  assert.deepEqual(json(response), [{ id: 'm1' }, { id: 'm2' }, { id: 'm3' }, { id: 'm4' }, { id: 'm5' }]);
  assert.deepEqual(summary(ask('limit=2&offset=1')), [200, '1-2/*']);
  assert.deepEqual(summary(ask('id=eq.none')), [200, '*/*']);
  assert.deepEqual(summary(ask('offset=100')), [200, '*/*']);
});

test('a counted list is 206 when there is more, 200 when complete', () => {
  const prefer = 'count=exact';
  assert.deepEqual(summary(ask('', { prefer })), [200, '0-4/5']);
  assert.deepEqual(summary(ask('limit=2', { prefer })), [206, '0-1/5']);
  assert.deepEqual(summary(ask('offset=3', { prefer })), [206, '3-4/5']);
  assert.deepEqual(summary(ask('offset=5', { prefer })), [206, '*/5']);
  assert.deepEqual(summary(ask('limit=0', { prefer })), [206, '*/5']);
  assert.deepEqual(summary(ask('id=eq.none', { prefer })), [200, '*/0']);
  assert.equal(ask('', { prefer }).headers['Preference-Applied'], 'count=exact');
  assert.deepEqual(summary(ask('limit=2', { prefer: 'count=planned' })), [206, '0-1/5']);
});

test('an offset beyond the counted rows is 416', () => {
  const response = ask('offset=6', { prefer: 'count=exact' });
  assert.deepEqual(summary(response), [416, '*/5']);
  assert.deepEqual(json(response), {
    code: 'PGRST103',
    message: 'Requested range not satisfiable',
    details: 'An offset of 6 was requested, but there are only 5 rows.',
    hint: null,
  });
});

test('a Range header is offset and limit, and wins over them', () => {
  assert.deepEqual(summary(ask('', { range: '1-2' })), [200, '1-2/*']);
  assert.deepEqual(summary(ask('', { range: 'items=3-' })), [200, '3-4/*']);
  assert.deepEqual(summary(ask('limit=1&offset=4', { range: '0-1', prefer: 'count=exact' })), [206, '0-1/5']);
  assert.deepEqual(summary(ask('', { range: 'bytes=0-1' })), [200, '0-4/*']);
  assert.equal(ask('', { range: '5-2' }).statusCode, 416);
  const unit = applyRange(parsed('limit=3'), '0-1', 'bytes');
  assert.ok(unit.ok && unit.value.limit === 3);
});

test('a limit or a range above 1000 is 1000', () => {
  assert.equal(parsed('limit=5000').limit, 1000);
  for (const range of ['0-4999', '0-']) {
    const ranged = applyRange(parsed(''), range);
    assert.equal(ranged.ok && ranged.value.limit, 1000, range);
  }
  const many = Array.from({ length: 1500 }, (_, seq) => ({ id: `m${seq}`, seq }));
  const query = parsed('limit=5000');
  const response = respond(runQuery(query, many), {
    method: 'GET',
    accept: undefined,
    prefer: { count: 'exact' },
    query,
  });
  assert.deepEqual(summary(response), [206, '0-999/1500']);
  assert.equal(runQuery(parsed(''), many).rows.length, 1000);
});

test('an object is answered when exactly one row is found', () => {
  const accept = 'application/vnd.pgrst.object+json';
  const response = ask('select=id,message&id=eq.m4', { accept });
  assert.equal(response.headers['Content-Type'], 'application/vnd.pgrst.object+json; charset=utf-8');
  assert.deepEqual(json(response), { id: 'm4', message: null });
  const none = ask('id=eq.none', { accept });
  assert.equal(none.statusCode, 406);
  assert.deepEqual(json(none), {
    code: 'PGRST116',
    message: 'Cannot coerce the result to a single JSON object',
    details: 'The result contains 0 rows',
    hint: null,
  });
  assert.match(ask('', { accept }).body, /The result contains 5 rows/);
});

test('nulls are kept unless stripped', () => {
  assert.equal(ask('select=id,metadata&id=eq.m4').body, '[{"id":"m4","metadata":{"k":null}}]');
  const stripped = ask('select=id,message,metadata&id=eq.m4', {
    accept: 'application/vnd.pgrst.array+json;nulls=stripped',
  });
  assert.equal(stripped.body, '[{"id":"m4","metadata":{}}]');
  assert.match(stripped.headers['Content-Type'] ?? '', /nulls=stripped/);
  const object = ask('id=eq.m5&select=id,tags', { accept: 'application/vnd.pgrst.object+json;nulls=stripped' });
  assert.equal(object.body, '{"id":"m5"}');
});

test('csv has a header line and quotes what needs it', () => {
  const response = ask('select=id,text:message,tags&order=id&limit=2', { accept: 'text/csv' });
  assert.equal(response.headers['Content-Type'], 'text/csv; charset=utf-8');
  assert.equal(response.body, 'id,text,tags\nm1,"Hello, World","[""vip"",""new""]"\nm2,"say ""hi"", (ok)","[""new""]"');
  assert.equal(ask('select=id,message&id=eq.m4', { accept: 'text/csv' }).body, 'id,message\nm4,');
  assert.equal(ask('select=id&id=eq.none', { accept: 'text/csv' }).body, 'id');
});

test('HEAD has the headers of GET and no body', () => {
  const head = ask('limit=2', { method: 'HEAD', prefer: 'count=exact' });
  assert.deepEqual(head, { ...ask('limit=2', { prefer: 'count=exact' }), body: '' });
  assert.equal(respondProblem(problem('PGRST205', 'no table'), 'HEAD').body, '');
});

test('the Accept header chooses among what there is', () => {
  assert.equal(ask('', { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }).statusCode, 200);
  assert.match(ask('', { accept: 'application/json;q=0.5, text/csv' }).headers['Content-Type'] ?? '', /csv/);
  for (const accept of ['text/xml', 'application/geo+json', 'application/vnd.pgrst.plan+text', 'text/csv;q=0']) {
    const response = ask('', { accept });
    assert.equal(response.statusCode, 406);
    assert.match(response.body, /PGRST107.*None of these media types are available/);
  }
});

test('select answers columns, aliases, paths and casts', () => {
  assert.deepEqual(one('id,seq'), { id: 'm1', seq: 1 });
  assert.deepEqual(one(' id , who:conversation_id '), { id: 'm1', who: 'c1' });
  assert.deepEqual(one('"id",seq::text'), { id: 'm1', seq: '1' });
  assert.deepEqual(one('metadata->n,k:metadata->>k'), { n: 5, k: 'a' });
  assert.deepEqual(one('metadata->>n'), { n: '5' });
  assert.deepEqual(one('n:metadata->>n::int,metadata->deep->list->0'), { n: 5, list: 1 });
  assert.deepEqual(one('metadata->deep->>list'), { list: '[1,2,{"x":"y"}]' });
  assert.deepEqual(one('metadata->gone->further,message::int'), { further: null, message: null });
  assert.deepEqual(one('flagged::text,flag:flagged::bool,share:metadata->n::float8'), {
    flagged: 'true',
    flag: true,
    share: 5,
  });
  assert.deepEqual(one('id,*,seq:id'), { ...rows[0], seq: 'm1' });
  assert.deepEqual(one('__proto__:id'), JSON.parse('{"__proto__":"m1"}'));
});

test('a problem answers with its status and all four members', () => {
  const response = respondProblem(problem('PGRST301', 'JWT expired'));
  assert.equal(response.statusCode, 401);
  assert.equal(response.headers['WWW-Authenticate'], 'Bearer');
  assert.deepEqual(json(response), { code: 'PGRST301', message: 'JWT expired', details: null, hint: null });
  assert.equal(respondProblem(problem('42501', 'no')).statusCode, 403);
  assert.equal(respondProblem(problem('PGRST117', 'no')).statusCode, 405);
});
