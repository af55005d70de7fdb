import assert from 'node:assert/strict';
import test from 'node:test';
import { evaluate } from '@parley/core/edge/postgrest/evaluate.ts';
import type { Filter } from '@parley/core/edge/postgrest/query.ts';
import { accounts, found, parsed, refused } from './tables.ts';

const quoted = (text: string) => encodeURIComponent(text);

// Query string, and the ids it finds among the rows of tables.ts.
const examples: [string, string][] = [
  ['', 'm1 m2 m3 m4 m5'],
  ['conversation_id=eq.c1', 'm1 m2'],
  ['conversation_id=c1', 'm1 m2'],
  ['direction=inbound&status=read', 'm1 m3'],
  ['status=neq.READ', 'm2 m4 m5'],
  ['status=not.eq.READ', 'm2 m4 m5'],
  // integers compare as numbers, not as text
  ['seq=gt.9', 'm2 m4'],
  ['seq=gte.9', 'm2 m3 m4'],
  ['seq=lt.10', 'm1 m3'],
  ['seq=lte.+9', 'm1 m3'],
  ['seq=in.(1, 9)', 'm1 m3'],
  ['seq=eq(any).{1,100}', 'm1 m4'],
  ['seq=gt(all).{1,9}', 'm2 m4'],
  // null is neither equal nor different
  ['seq=not.gt.9', 'm1 m3'],
  ['message=is.null', 'm4'],
  ['message=not.is.null', 'm1 m2 m3 m5'],
  ['message=is.not_null', 'm1 m2 m3 m5'],
  ['seq=isdistinct.1', 'm2 m3 m4 m5'],
  ['seq=not.isdistinct.1', 'm1'],
  ['or=(seq.gt.50,message.eq.x)', 'm4'],
  ['not.or=(seq.gt.50,message.eq.x)', 'm1 m2 m3'],
  ['not.and=(seq.gt.50,message.eq.x)', 'm1 m2 m3 m5'],
  ['flagged=is.true', 'm1'],
  ['flagged=is.FALSE', 'm2'],
  ['flagged=is.unknown', 'm3 m4 m5'],
  ['flagged=not.is.true', 'm2 m3 m4 m5'],
  ['flagged=eq.yes', 'm1'],
  ['flagged=neq.t', 'm2'],
  // lists
  ['status=in.(SENT,FAILED)', 'm2 m4'],
  ['status=not.in.(SENT,FAILED)', 'm1 m3 m5'],
  ['status=in.()', ''],
  ['message=not.in.()', 'm1 m2 m3 m4 m5'],
  [`message=in.(${quoted('"Hello, World",x')})`, 'm1'],
  [`message=in.(${quoted(String.raw`"say \"hi\", (ok)"`)})`, 'm2'],
  // instants, whatever their spelling
  ['created_at=eq.2026-01-01T10:00:00Z', 'm1'],
  ['created_at=eq.2026-01-01T12:00:00%2B02:00', 'm1'],
  ['created_at=eq.2026-01-01 05:00:00-0500', 'm1'],
  ['created_at=gte.2026-01-02&created_at=lt.2026-01-04', 'm3 m4'],
  ['created_at=gt.2026-01-01T11:00:00.5Z', 'm3 m4 m5'],
  ['created_at=in.(2026-01-03,2026-01-04T00:00Z)', 'm4 m5'],
  // patterns
  ['message=like.Hello*', 'm1'],
  ['message=like.hello*', ''],
  ['message=ilike.*WORLD', 'm1'],
  ['message=ilike.%25hi%25', 'm2'],
  ['message=ilike.%hi%', 'm2'],
  ['message=like._ello%25', 'm1'],
  [`message=like.${quoted(String.raw`100\% %\_`)}`, 'm5'],
  ['message=like(any).{Hello*,100*}', 'm1 m5'],
  ['message=ilike(all).{*h*,*i*}', 'm2'],
  [`message=match.${quoted('^Hel+o,')}`, 'm1'],
  ['message=match.hello', ''],
  ['message=imatch.HELLO', 'm1'],
  [`message=match.${quoted('[[:digit:]]{3}%')}`, 'm5'],
  // text search
  ['message=wfts(english).world hello', 'm1'],
  ['message=plfts.WORLD, hello', 'm1'],
  ['message=phfts.hello world', 'm1'],
  ['message=phfts.world hello', ''],
  [`message=wfts.${quoted('"hello world" or "متجرنا"')}`, 'm1 m3'],
  ['message=wfts.hi -ok', ''],
  [`message=fts.${quoted("hello & !'bye' | done:*")}`, 'm1 m5'],
  [`message=plfts.${quoted('مرحبا')}`, 'm3'],
  ['message=plfts.!!', ''],
  ['metadata=plfts.y', 'm1'],
  // arrays
  ['tags=cs.{new}', 'm1 m2'],
  ['tags=cs.{new,vip}', 'm1'],
  ['tags=cd.{new,x}', 'm2 m4'],
  ['tags=ov.{vip,x}', 'm1'],
  ['tags=eq.{new}', 'm2'],
  ['tags=gt.{new}', 'm1'],
  ['tags=is.null', 'm3 m5'],
  ['tags->>0=eq.vip', 'm1'],
  // json
  ['metadata->>k=eq.a', 'm1'],
  ['metadata->k=is.null', 'm3 m5'],
  ['metadata->>k=is.null', 'm3 m4 m5'],
  ['metadata->n=gt.5', 'm2'],
  ['metadata->deep->list->>-1=like.*y*', 'm1'],
  ['metadata->deep->list->2->>x=eq.y', 'm1'],
  [`metadata=cs.${quoted('{"deep":{"list":[2]}}')}`, 'm1'],
  [`metadata=cd.${quoted('{"k":"b","n":40,"more":1}')}`, 'm2'],
  [`metadata=eq.${quoted('{"n":40,"k":"b"}')}`, 'm2'],
  ['metadata->>constructor=not.is.null', ''],
  // groups
  ['or=(id.eq.m1,and(seq.gt.9,seq.lt.50))', 'm1 m2'],
  ['and=(id.in.(m1,m2),not.or(id.eq.m2,id.eq.m3))', 'm1'],
  ['or=( id.eq.m1, not.and( seq.lt.100 , direction.eq.INBOUND) )&seq=not.is.null', 'm1 m2 m4'],
  [`or=(${quoted('message.eq."Hello, World",message.ilike."*(OK)"')})`, 'm1 m2'],
  ['or=(tags.cs.{new,vip},metadata->>k.eq.b)', 'm1 m2'],
  ['or=(message.not.is.null,id.eq.m4)', 'm1 m2 m3 m4 m5'],
  ['or=(message.wfts(english).world,message.plfts.done)', 'm1 m5'],
  ['and=(id.not.in.(m1,m3),status.like(any).{READ,SENT})', 'm2'],
  // order and page
  ['order=seq', 'm1 m3 m2 m4 m5'],
  ['order=seq.desc', 'm5 m4 m2 m3 m1'],
  ['order=seq.desc.nullslast', 'm4 m2 m3 m1 m5'],
  ['order=seq.nullsfirst', 'm5 m1 m3 m2 m4'],
  ['order=status.asc,created_at.desc', 'm4 m5 m3 m1 m2'],
  ['order=metadata->n.desc.nullslast,id', 'm2 m1 m3 m4 m5'],
  ['order=flagged.asc,id.desc', 'm2 m1 m5 m4 m3'],
  ['order=id.desc&limit=2&offset=1', 'm4 m3'],
  ['limit=0', ''],
];

for (const [queryString, ids] of examples) {
  test(`"${decodeURIComponent(queryString.replaceAll(/%(?![\dA-F]{2})/g, '%25'))}" finds ${ids || 'nothing'}`, () => {
    assert.equal(found(queryString), ids);
  });
}

test('plus is a space and %2B a plus', () => {
  assert.deepEqual(parsed('message=eq.a+b%2Bc').filters, parsed(`message=eq.${quoted('a b+c')}`).filters);
});

test('a quote that does not enclose a whole value is part of it', () => {
  const filter = parsed(`message=in.(${quoted('"a"b,"c",d"')})`).filters;
  assert.deepEqual(filter.kind === 'and' && filter.filters[0], {
    kind: 'comparison',
    operand: { column: 'message', type: 'text', path: [] },
    operator: 'in',
    values: ['"a"b', 'c', 'd"'],
  });
});

// Examples of https://www.postgresql.org/docs/current/datatype-json.html#JSON-CONTAINMENT
const containments: [string, string, boolean][] = [
  ['"foo"', '"foo"', true],
  ['[1, 2, 3]', '[1, 3]', true],
  ['[1, 2, 3]', '[3, 1]', true],
  ['[1, 2, 3]', '[1, 2, 2]', true],
  ['{"product": "x", "version": 9.4, "jsonb": true}', '{"version": 9.4}', true],
  ['[1, 2, [1, 3]]', '[1, 3]', false],
  ['[1, 2, [1, 3]]', '[[1, 3]]', true],
  ['{"foo": {"bar": "baz"}}', '{"bar": "baz"}', false],
  ['{"foo": {"bar": "baz"}}', '{"foo": {}}', true],
  ['["foo", "bar"]', '"bar"', true],
  ['"bar"', '["bar"]', false],
  ['{"tags": ["a"]}', '{"tags": "a"}', false],
  ['{"a": null}', '{"a": null}', true],
  ['{}', '{"a": null}', false],
];

test('json contains what Postgres says it contains', () => {
  for (const [whole, part, expected] of containments) {
    const { filters } = parsed(`metadata=cs.${quoted(part)}`);
    assert.equal(evaluate(filters, { metadata: JSON.parse(whole) }), expected, `${whole} @> ${part}`);
  }
});

test('a bare value finds the known words of a column in any case', () => {
  const filter = { kind: 'comparison', operand: { column: 'status', type: 'text', path: [] }, operator: 'eq' };
  assert.deepEqual(parsed('status=active', accounts).filters, {
    kind: 'and',
    filters: [{ ...filter, values: ['Active'] }],
  });
  assert.deepEqual(parsed('status=other', accounts).filters, {
    kind: 'and',
    filters: [{ ...filter, values: ['other'] }],
  });
});

test('a value finds what rows spell otherwise, with any operator that compares whole values', () => {
  const table = { ...accounts, spelled: { id: (written: string) => written.replaceAll('-', '_') } };
  const asked =
    'id=eq.a-b&status=in.(active,Other)&or=(id.neq.c-d,status.not.eq.INACTIVE)&id=like.a-*&id=eq(any).{e-f}';
  const values = (filter: Filter): unknown => {
    if (filter.kind === 'comparison') return filter.values;
    return filter.kind === 'not' ? values(filter.filter) : filter.filters.map(values);
  };
  assert.deepEqual(values(parsed(asked, table).filters), [
    ['a_b'],
    ['Active', 'Other'],
    [['c_d'], ['Inactive']],
    ['a-*'],
    ['e_f'],
  ]);
});

// Query string, status, code, and a word the refusal must say.
const refusals: [string, number, string, RegExp][] = [
  ['nope=eq.1', 400, '42703', /messages\.nope.*conversation_id/],
  ['select=nope', 400, '42703', /nope/],
  ['order=nope.asc', 400, '42703', /nope/],
  ['or=(nope.eq.1)', 400, '42703', /nope/],
  ['__proto__=eq.1', 400, '42703', /__proto__/],
  ['constructor=eq.1', 400, '42703', /constructor/],
  ['created_at=2026-01-01', 400, 'PGRST100', /created_at.*eq\./],
  ['message=hello', 400, 'PGRST100', /"message" needs an operator/],
  ['status=not.SENT', 400, 'PGRST100', /status/],
  ['status=in.SENT', 400, 'PGRST100', /in\.\(a,b\)/],
  ['status=in.(SENT', 400, 'PGRST100', /parentheses/],
  ['status=in.(SENT)x', 400, 'PGRST100', /nothing is expected/],
  ['status=is.maybe', 400, 'PGRST100', /not_null/],
  ['status=in(any).{a}', 400, 'PGRST100', /any/],
  ['status=like(any).a', 400, 'PGRST100', /braces/],
  ['status=eq(some).{a}', 400, 'PGRST100', /\(any\)/],
  ['contacts.name=eq.x', 400, 'PGRST108', /'contacts'/],
  ['or=()', 400, 'PGRST100', /column name/],
  ['or=(id.eq.1', 400, 'PGRST100', /at the end/],
  ['or=(id.eq.1))', 400, 'PGRST100', /Nothing is expected/],
  ['or=(id.nope.1)', 400, 'PGRST100', /operator/],
  ['or=id.eq.1', 400, 'PGRST100', /parentheses/],
  [`or=${'(or'.repeat(30)}`, 400, 'PGRST100', /20 deep/],
  ['seq=eq.1.5', 400, '22P02', /"seq".*integer/],
  ['seq=in.(1,x)', 400, '22P02', /integer/],
  ['seq=eq.99999999999999999', 400, '22P02', /integer/],
  ['flagged=eq.maybe', 400, '22P02', /boolean/],
  ['created_at=gt.yesterday', 400, '22007', /"created_at".*2026-01-31/],
  ['created_at=gt.2026-02-30', 400, '22007', /timestamp/],
  ['created_at=gt.2026-01-01T00:00:00+02:00', 400, '22007', /%2B/],
  ['metadata=cs.{x', 400, '22P02', /json/],
  [`metadata=cs.${'['.repeat(3000)}${']'.repeat(3000)}`, 400, '22P02', /4000/],
  ['tags=cs.x', 400, '22P02', /text\[\]/],
  ['tags=cs.{a,}', 400, '22P02', /text\[\]/],
  ['seq=like.1*', 400, '42883', /integer like.*isdistinct/],
  ['message=cs.{a}', 400, '42883', /text cs/],
  ['created_at=sl.(1,2)', 400, '42883', /sl/],
  ['message=is.true', 400, '42804', /boolean/],
  [`message=like.a${quoted('\\')}`, 400, '22025', /escape/],
  [`message=match.${quoted('(a+)+')}`, 400, '2201B', /repetition inside/],
  [`message=match.${'a'.repeat(201)}`, 400, '2201B', /200/],
  [`message=match.${quoted('(')}`, 400, '2201B', /balanced/],
  ['message=fts.(a|b)', 400, '42601', /parentheses/],
  ['order=id.up', 400, 'PGRST100', /\.asc or \.desc/],
  ['order=id.desc.nullsmiddle', 400, 'PGRST100', /nullsfirst/],
  ['order=', 400, 'PGRST100', /order/],
  ['limit=ten', 400, 'PGRST100', /"limit".*0 to 1000/],
  ['limit=', 400, 'PGRST100', /"limit"/],
  ['limit=-1', 400, '2201W', /"limit"/],
  ['offset=-1', 400, '2201X', /"offset"/],
  ['offset=1.5', 400, 'PGRST100', /"offset"/],
  ['select=id,', 400, 'PGRST100', /column/],
  ['select=id;message', 400, 'PGRST100', /"," is expected/],
  ['select=contacts(name)', 400, 'PGRST200', /'contacts'/],
  ['select=...contacts(name)', 400, 'PGRST200', /'contacts'/],
  ['select=c:contacts!inner(name)', 400, 'PGRST200', /'contacts'/],
  ['select=count()', 400, 'PGRST123', /count=exact/],
  ['select=seq.sum()', 400, 'PGRST123', /aggregate/],
  ['select=id::point', 400, '42704', /point/],
  ['select=metadata->', 400, 'PGRST100', /key/],
  ['columns=nope', 400, 'PGRST204', /'nope' column of 'messages'/],
  ['on_conflict=nope', 400, '42703', /nope/],
];

for (const [queryString, status, code, words] of refusals) {
  test(`"${queryString.slice(0, 60)}" is refused with ${code}`, () => {
    const problem = refused(queryString);
    assert.deepEqual([problem.status, problem.code], [status, code], JSON.stringify(problem));
    assert.match(`${problem.message} ${problem.details} ${problem.hint}`, words);
  });
}
