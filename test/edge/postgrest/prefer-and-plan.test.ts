import assert from 'node:assert/strict';
import test from 'node:test';
import { parseColumns } from '@parley/core/edge/postgrest/parse-columns.ts';
import { equalities, inLists, ranges } from '@parley/core/edge/postgrest/plan.ts';
import { parsePrefer, preferenceApplied } from '@parley/core/edge/postgrest/prefer.ts';
import { messages, parsed } from './tables.ts';

test('Prefer reads what writes and reads may ask for', () => {
  assert.deepEqual(parsePrefer(undefined), { ok: true, value: {} });
  assert.deepEqual(parsePrefer('resolution=merge-duplicates,return=representation, missing=default, count=exact'), {
    ok: true,
    value: { resolution: 'merge-duplicates', return: 'representation', missing: 'default', count: 'exact' },
  });
  assert.deepEqual(parsePrefer('return=minimal, return=representation'), { ok: true, value: { return: 'minimal' } });
  assert.deepEqual(parsePrefer('tx=rollback, count=many'), { ok: true, value: {} });
  assert.deepEqual(parsePrefer('handling=strict, max-affected=5'), {
    ok: true,
    value: { handling: 'strict', maxAffected: 5 },
  });
});

test('an unknown preference is refused only when handling is strict', () => {
  const strict = parsePrefer('handling=strict, tx=rollback, nope');
  assert.ok(!strict.ok);
  assert.equal(strict.problem.code, 'PGRST122');
  assert.equal(strict.problem.details, 'Invalid preferences: tx=rollback, nope');
  assert.ok(parsePrefer('handling=lenient, nope').ok);
});

test('Preference-Applied repeats what was honoured', () => {
  assert.equal(preferenceApplied({}), undefined);
  assert.equal(preferenceApplied({ return: 'minimal', count: 'exact' }), 'return=minimal, count=exact');
  assert.equal(preferenceApplied({ handling: 'strict', maxAffected: 2 }), 'handling=strict, max-affected=2');
});

test('columns and on_conflict are lists of columns', () => {
  assert.deepEqual(parseColumns('"id","message"', messages), { ok: true, value: ['id', 'message'] });
  const query = parsed('columns=%22id%22,%22seq%22&on_conflict=id,seq');
  assert.deepEqual(
    [query.columns, query.onConflict],
    [
      ['id', 'seq'],
      ['id', 'seq'],
    ],
  );
});

test('a plan holds what every row must keep', () => {
  const query = parsed('direction=inbound&and=(status.in.(SENT,READ),id.eq.m1)&seq=gt.+5&seq=lte.9&seq=gt.1');
  assert.deepEqual(equalities(query), { direction: 'INBOUND', id: 'm1' });
  assert.deepEqual(inLists(query), { status: ['SENT', 'READ'] });
  assert.deepEqual(ranges(query), { seq: { gt: '5', lte: '9' } });
});

test('a plan leaves out what a row may break', () => {
  const query = parsed(
    'or=(id.eq.m1,seq.gt.5)&status=not.eq.SENT&not.and=(id.eq.m2)&metadata->>k=eq.a&id=eq(any).{a,b}&seq=neq.1',
  );
  assert.deepEqual([equalities(query), inLists(query), ranges(query)], [{}, {}, {}]);
});

test('planned timestamps are UTC and widened to milliseconds', () => {
  const query = parsed('created_at=gte.2026-01-01T00:00:00.1239&created_at=lt.2026-01-02T02:00:00.0001%2B02:00');
  assert.deepEqual(ranges(query), {
    created_at: { gte: '2026-01-01T00:00:00.123Z', lt: '2026-01-02T00:00:00.001Z' },
  });
  assert.deepEqual(equalities(parsed('created_at=eq.2026-01-01')), { created_at: '2026-01-01T00:00:00.000Z' });
});
