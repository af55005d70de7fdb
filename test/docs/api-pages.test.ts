import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { broadcastProblems } from '@parley/core/domain/broadcast-problem.ts';
import { tables } from '@parley/core/edge/tables.ts';
import { problem } from '@parley/core/edge/postgrest/problem.ts';
import type { ProblemCode } from '@parley/core/edge/postgrest/problem.ts';
import type { TableSchema } from '@parley/core/edge/postgrest/query.ts';
import { parseSendRequest } from '@parley/core/flows/send/request.ts';
import { codeIn, pageOf, rowsBelow, sectionsOf } from './api-page.ts';

const root = new URL('../../', import.meta.url);
const tablesPage = sectionsOf(pageOf('api/tables.md'));
const schemas = new Map<string, TableSchema>(Object.entries(tables));

test('docs/api/tables.md has every table, and no other', () => {
  assert.deepEqual([...tablesPage.keys()].toSorted(), [...schemas.keys()].toSorted());
});

/** Its columns are those of messages, and the page says so in place of repeating them. */
const likeMessages = 'scheduled_messages';

for (const [name, { columns, bareFilters, words = {} }] of schemas) {
  const section = tablesPage.get(name) ?? '';
  const rows = rowsBelow('column', section);

  test(`docs/api/tables.md has the columns of ${name}, with their types, in their order`, () => {
    const shown = name === likeMessages ? rowsBelow('column', tablesPage.get('messages') ?? '') : rows;
    const documented = shown.map(([column = '', type]) => [codeIn(column)[0], type]);
    assert.deepEqual(documented, Object.entries(columns));
  });

  test(`docs/api/tables.md has the filters of ${name} that do without an operator`, () => {
    const line = /^- Bare filters: (.*)$/m.exec(section)?.[1] ?? '';
    assert.deepEqual(codeIn(line), bareFilters);
  });

  test(`docs/api/tables.md has the known words of ${name}`, () => {
    const about = new Map(
      (name === likeMessages ? [] : rows).map(([column = '', , text = '']) => [codeIn(column)[0], text]),
    );
    for (const [column, known] of Object.entries(words)) {
      const missing = known.filter((word) => !codeIn(about.get(column) ?? '').includes(word));
      assert.deepEqual(missing, [], `${column} takes words that are not named`);
    }
  });
}

const fieldRows = rowsBelow('field', sectionsOf(pageOf('api/sending.md')).get('Fields') ?? '');

test('docs/api/sending.md has every field of a send in every spelling, and no other', () => {
  const documented = fieldRows.flatMap(([field = '', others = '']) => [...codeIn(field), ...codeIn(others)]);
  const refused = parseSendRequest({ 'no such field': 1 });
  assert.ok(!refused.ok);
  const known = refused.problem.hint?.replace('Known fields: ', '').split(', ') ?? [];
  assert.deepEqual(documented.toSorted(), known.toSorted());
});

test('docs/api/sending.md has the spellings of a field beside it', () => {
  for (const [field = '', others = ''] of fieldRows) {
    const [name = ''] = codeIn(field);
    for (const other of codeIn(others)) {
      const both = parseSendRequest({ [name]: 'one', [other]: 'another' });
      assert.equal(both.ok ? 'accepted' : both.problem.code, 'contradiction', `${name} and ${other}`);
    }
  }
});

test('docs/api/sending.md has the lengths that fields are held to', () => {
  const limited = fieldRows.flatMap(([field = '', , takes = '']) => {
    const words = /^(?:1 to|at most) (\d+) characters$/.exec(takes);
    return words ? [{ name: codeIn(field)[0] ?? '', words: words[0], most: Number(words[1]) }] : [];
  });
  assert.ok(limited.length > 10);
  for (const { name, words, most } of limited) {
    assert.ok(refusalOf(name, 'x'.repeat(most + 1)).includes(words.replace(/^1/, 'must have 1')), name);
    assert.ok(!refusalOf(name, 'x'.repeat(most)).includes('characters'), name);
  }
});

function refusalOf(field: string, value: string): string {
  const read = parseSendRequest({ [field]: value });
  return read.ok ? '' : read.problem.message;
}

test('docs/api/sending.md names what is ignored, and it is', () => {
  const [, line = ''] = /taken and ignored: (.*)\.$/m.exec(pageOf('api/sending.md')) ?? [];
  assert.ok(codeIn(line).length > 0);
  for (const name of codeIn(line)) assert.ok(parseSendRequest({ message: 'words', [name]: 'anything' }).ok, name);
});

test('docs/api/actions.md has every action, and no other', async () => {
  const documented = rowsBelow('action', pageOf('api/actions.md')).flatMap(([action = '']) => codeIn(action));
  const modules = globSync('lambdas/api/*-actions.ts', { cwd: root });
  const known = await Promise.all(modules.map(actionsIn));
  assert.deepEqual(documented.toSorted(), known.flat().toSorted());
});

async function actionsIn(file: string): Promise<string[]> {
  const module: unknown = await import(new URL(file, root).href);
  return Object.keys((module as { actions: Record<string, unknown> }).actions);
}

test('docs/api/errors.md has every code that a request is refused with, beside its status', () => {
  const documented = new Set(
    rowsBelow('status', pageOf('api/errors.md')).map(([status, code = '']) => `${status} ${codeIn(code)[0]}`),
  );
  const missing = refusals().filter((refusal) => !documented.has(refusal));
  assert.deepEqual(missing, []);
});

test('docs/api/errors.md has every code that a broadcast fails with', () => {
  const documented = rowsBelow('code', sectionsOf(pageOf('api/errors.md')).get('Broadcasts that FAILED') ?? '').map(
    ([code = '']) => codeIn(code)[0],
  );
  assert.deepEqual(documented, [...broadcastProblems]);
});

test('docs/api/errors.md names no code that nothing is refused with', () => {
  const source = sources().join('\n');
  const codes = rowsBelow('status', pageOf('api/errors.md')).flatMap(([, code = '']) => codeIn(code));
  const strangers = codes.filter((code) => !source.includes(`'${code}'`) && !source.includes(`${code}: 4`));
  assert.deepEqual(strangers, []);
});

/** `status code` of every refusal that the product has. */
function refusals(): string[] {
  const found = sources().flatMap((source) => [
    ...[...source.matchAll(/\brefuse\(\s*(\d{3}),\s*'(\w+)'/g)].map(([, status, code]) => `${status} ${code}`),
    ...[...source.matchAll(/status: (\d{3}),\s*code: '(\w+)'/g)].map(([, status, code]) => `${status} ${code}`),
    ...[...source.matchAll(/\bunprocessable\(\s*'(\w+)'/g)].map(([, code]) => `422 ${code}`),
    ...[...source.matchAll(/\b(?:refuse|problem)\('([0-9A-Z]+)'/g)].map(([, code]) => ofPostgrest(code as ProblemCode)),
  ]);
  return [...new Set(found)];
}

function ofPostgrest(code: ProblemCode): string {
  return `${problem(code, '').status} ${code}`;
}

function sources(): string[] {
  const files = globSync('{lambdas,layers/core/src}/**/*.ts', {
    cwd: root,
    exclude: (name) => name.includes('node_modules'),
  });
  return files.map((file) => readFileSync(new URL(file, root), 'utf8'));
}
