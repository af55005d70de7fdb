import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../../support/properties.ts';
import { fitsPattern } from '@parley/local/event-sources/filter.ts';

const record = {
  eventName: 'INSERT',
  count: 7,
  gone: null,
  tags: ['red', 'blue'],
  dynamodb: { Keys: { sk: { S: 'message#1' } }, NewImage: { due: { S: 'now' }, size: { N: '5' } } },
};

for (const [pattern, fits] of [
  [{ eventName: ['INSERT', 'MODIFY'] }, true],
  [{ eventName: ['REMOVE'] }, false],
  [{ eventName: ['INSERT'], count: [8] }, false],
  [{ gone: [null] }, true],
  [{ tags: ['blue'] }, true],
  [{ tags: ['green'] }, false],
  [{ dynamodb: { NewImage: { due: { S: [{ exists: true }] } } } }, true],
  [{ dynamodb: { NewImage: { done: { S: [{ exists: true }] } } } }, false],
  [{ dynamodb: { NewImage: { done: { S: [{ exists: false }] } } } }, true],
  [{ dynamodb: { OldImage: { done: { S: [{ exists: false }] } } } }, true],
  [{ dynamodb: { NewImage: [{ exists: true }] } }, false],
  [{ dynamodb: { Keys: { sk: { S: [{ prefix: 'message#' }, { prefix: 'conversation' }] } } } }, true],
  [{ dynamodb: { Keys: { sk: { S: [{ prefix: 'feed#' }] } } } }, false],
  [{ dynamodb: { Keys: { sk: { S: [{ suffix: '#1' }] } } } }, true],
  [{ eventName: [{ 'equals-ignore-case': 'insert' }] }, true],
  [{ eventName: [{ 'anything-but': ['REMOVE'] }] }, true],
  [{ eventName: [{ 'anything-but': 'INSERT' }] }, false],
  [{ eventName: [{ 'anything-but': { prefix: 'INS' } }] }, false],
  [{ missing: [{ 'anything-but': ['x'] }] }, false],
  [{ missing: [{ exists: false }, { 'anything-but': ['x'] }] }, true],
  [{ eventName: [{ exists: false }, { 'anything-but': ['INSERT'] }] }, false],
  [{ count: [{ numeric: ['>', 5, '<=', 7] }] }, true],
  [{ count: [{ numeric: ['=', 5] }] }, false],
  [{ dynamodb: { NewImage: { size: { N: [{ numeric: ['=', 5] }] } } } }, false],
  [{ $or: [{ eventName: ['REMOVE'] }, { count: [7] }] }, true],
  [{ $or: [{ eventName: ['REMOVE'] }, { count: [8] }] }, false],
  [{}, true],
] as const) {
  test(`${JSON.stringify(pattern)} ${fits ? 'fits' : 'does not fit'}`, () => {
    assert.equal(fitsPattern(pattern, record), fits);
  });
}

test('a rule that is not supported is refused, not ignored', () => {
  assert.throws(() => fitsPattern({ eventName: [{ cidr: '10.0.0.0/8' }] }, record), /'cidr' is not supported/);
});

test('any value fits the pattern made of its own leaves', () => {
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  const name = fc.string().filter((text) => text !== '$or' && text !== '__proto__');
  const tree = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(leaf, fc.dictionary(name, tie('node'), { minKeys: 1, maxKeys: 3 })),
  })).node;
  fc.assert(
    fc.property(fc.dictionary(name, tree), (value) => {
      assert.equal(fitsPattern(patternOf(value), value), true);
    }),
  );
});

function patternOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return [value];
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, patternOf(part)]));
}
