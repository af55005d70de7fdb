import assert from 'node:assert/strict';
import test from 'node:test';
import { parseAccept } from '@parley/core/edge/postgrest/accept.ts';
import { parseArrayLiteral } from '@parley/core/edge/postgrest/array-literal.ts';
import { evaluate } from '@parley/core/edge/postgrest/evaluate.ts';
import { formatInstant, parseInstant } from '@parley/core/edge/postgrest/instant.ts';
import { compareJson, jsonContains } from '@parley/core/edge/postgrest/json.ts';
import { applyRange } from '@parley/core/edge/postgrest/parse-page.ts';
import { parseQuery } from '@parley/core/edge/postgrest/parse-query.ts';
import { equalities, inLists, ranges } from '@parley/core/edge/postgrest/plan.ts';
import { parsePrefer } from '@parley/core/edge/postgrest/prefer.ts';
import { problemBody } from '@parley/core/edge/postgrest/problem.ts';
import type { Filter, Query } from '@parley/core/edge/postgrest/query.ts';
import { maxRows, operators } from '@parley/core/edge/postgrest/query.ts';
import { respond } from '@parley/core/edge/postgrest/respond.ts';
import { runQuery } from '@parley/core/edge/postgrest/run-query.ts';
import { sortRows } from '@parley/core/edge/postgrest/sort-rows.ts';
import { fc } from '../../support/properties.ts';
import { messages } from './tables.ts';

const columns = Object.keys(messages.columns);
const anyText = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));

/** Strings made of the language's own pieces get further into the parser than random ones. */
const words = [
  'select',
  'order',
  'limit',
  'offset',
  'or',
  'and',
  'not',
  'not.',
  'any',
  'null',
  'asc',
  'int',
  '1',
  '-1',
];
const marks = ['=', '&', '.', ',', '(', ')', '{', '}', '"', '\\', '->', '->>', '::', ':', '*', '%', '+', '2026-01-01'];
const pieces = fc.constantFrom(...columns, ...operators, ...words, ...marks);
const nearQuery = fc
  .array(fc.oneof({ weight: 9, arbitrary: pieces }, anyText), { maxLength: 25 })
  .map((all) => all.join(''));
const filterText = fc
  .tuple(
    fc.constantFrom(...columns, 'metadata->k', 'metadata->>k'),
    fc.constantFrom(...operators),
    fc.boolean(),
    anyText,
  )
  .map(
    ([column, operator, not, value]) =>
      `${column}=${not ? 'not.' : ''}${operator}.${encodeURIComponent(value.toWellFormed())}`,
  );
const scalar = fc.oneof(
  fc.constantFrom('0', '1', 'true', '2026-01-01', '{}', '{a}', '{"k":1}', '[1]', '"k"', 'null', 'a', '(1)', '(a,b)'),
);
const validText = fc
  .tuple(
    fc.constantFrom(...columns, 'metadata->k', 'metadata->>k'),
    fc.constantFrom(...operators),
    fc.boolean(),
    scalar,
  )
  .map(([column, operator, not, value]) => `${column}=${not ? 'not.' : ''}${operator}.${encodeURIComponent(value)}`);
const queryText = fc.oneof(
  anyText,
  nearQuery,
  filterText,
  fc.array(validText, { maxLength: 3 }).map((all) => all.join('&')),
);

const anyValue = fc.oneof(
  fc.jsonValue(),
  fc.constant(undefined),
  fc.constantFrom('a', '2026-01-01T00:00:00Z', 1, true, ['a']),
);
const anyRow = fc.oneof(
  fc.record(Object.fromEntries(columns.map((column) => [column, anyValue])), { requiredKeys: [] }),
  fc.dictionary(fc.string(), anyValue),
);

test('parseQuery never throws, and its refusals are complete', () => {
  fc.assert(
    fc.property(queryText, (text) => {
      const result = parseQuery(text, messages);
      if (result.ok) return;
      assert.ok(result.problem.status >= 400 && result.problem.status < 500);
      assert.deepEqual(Object.keys(JSON.parse(problemBody(result.problem))), ['code', 'message', 'details', 'hint']);
    }),
    { numRuns: 2000 },
  );
});

test('what parses can be run on any rows, and every row answers with the same columns', () => {
  fc.assert(
    fc.property(queryText, fc.array(anyRow, { maxLength: 4 }), (text, rows) => {
      const result = parseQuery(text, messages);
      if (!result.ok) return;
      const page = runQuery(result.query, rows);
      assert.ok(page.rows.length <= maxRows);
      const { body } = respond(page, { method: 'GET', accept: undefined, prefer: {}, query: result.query });
      const names = result.query.select.map(({ name }) => name).sort();
      const shapes: unknown = JSON.parse(body);
      assert.ok(Array.isArray(shapes));
      for (const row of shapes) assert.deepEqual(Object.keys(row).sort(), names);
      respond(page, { method: 'GET', accept: 'text/csv', prefer: { count: 'exact' }, query: result.query });
    }),
    { numRuns: 1000 },
  );
});

test('not is its own inverse on what is known, and leaves out what is unknown', () => {
  fc.assert(
    fc.property(validText, anyRow, (text, row) => {
      const result = parseQuery(text, messages);
      if (!result.ok) return;
      const filter = result.query.filters;
      const not: Filter = { kind: 'not', filter };
      assert.equal(evaluate({ kind: 'not', filter: not }, row), evaluate(filter, row));
      assert.ok(!(evaluate(filter, row) && evaluate(not, row)));
      assert.equal(evaluate({ kind: 'or', filters: [filter, not] }, row), evaluate(filter, row) || evaluate(not, row));
    }),
  );
});

test('a plan never loses a row', () => {
  const filter = fc.constantFrom('eq', 'in', 'gt', 'gte', 'lt', 'lte');
  const instant = fc.integer({ min: 0, max: 5_000_000 }).map((micros) => {
    const time = new Date(Math.floor(micros / 1000)).toISOString();
    return time.replace('Z', `${String(micros % 1000).padStart(3, '0')}Z`);
  });
  const row = fc.integer({ min: 0, max: 5000 }).map((at) => ({ created_at: new Date(at).toISOString() }));
  fc.assert(
    fc.property(filter, instant, row, (operator, value, row) => {
      const literal = operator === 'in' ? `(${value})` : value;
      const result = parseQuery(`and=(created_at.${operator}.${literal})`, messages);
      assert.ok(result.ok);
      if (evaluate(result.query.filters, row)) assert.ok(withinPlan(result.query, row.created_at));
    }),
  );
});

function quote(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

function withinPlan(query: Query, value: string): boolean {
  const { gt = '', gte = '', lt = '~', lte = '~' } = ranges(query)['created_at'] ?? {};
  const equal = equalities(query)['created_at'] ?? value;
  const list = inLists(query)['created_at'] ?? [value];
  return value > gt && value >= gte && value < lt && value <= lte && value === equal && list.includes(value);
}

test('headers of any content are read or refused', () => {
  const query: Query = { filters: { kind: 'and', filters: [] }, select: [], order: [], offset: 0 };
  fc.assert(
    fc.property(anyText, (text) => {
      parseAccept(text);
      parsePrefer(text);
      applyRange(query, text, text);
    }),
  );
});

test('timestamps read as the platform reads them', () => {
  const date = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(date, (date) => {
      assert.equal(parseInstant(date.toISOString()), date.getTime());
      assert.equal(formatInstant(date.getTime(), Math.floor), date.toISOString());
    }),
  );
});

test('array literals give back what was written into them', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(anyText, fc.constant(null))), (values) => {
      const literal = `{${values.map((value) => (value === null ? 'NULL' : quote(value))).join(', ')}}`;
      assert.deepEqual(parseArrayLiteral(literal), values);
    }),
  );
});

test('json compares as a total order, and contains itself', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (a, b, c) => {
      assert.equal(Math.sign(compareJson(a, b)), -Math.sign(compareJson(b, a)) + 0);
      if (compareJson(a, b) <= 0 && compareJson(b, c) <= 0) assert.ok(compareJson(a, c) <= 0);
      assert.ok(jsonContains(a, a));
    }),
  );
});

test('sorting keeps every row and the places of equal ones', () => {
  const rows = fc.array(fc.record({ seq: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant(null)) }), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(rows, fc.boolean(), fc.boolean(), (rows, descending, nullsFirst) => {
      const order = { column: 'seq', type: 'integer', path: [], descending, nullsFirst } as const;
      const null_ = nullsFirst ? -Infinity : Infinity;
      const rank = ({ seq }: { seq: number | null }) => (seq === null ? null_ : descending ? -seq : seq);
      assert.deepEqual(
        sortRows(rows, [order]),
        rows.toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b))),
      );
    }),
  );
});
