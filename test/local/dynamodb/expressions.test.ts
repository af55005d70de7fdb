import assert from 'node:assert/strict';
import test from 'node:test';
import { DynamoDbError } from '@parley/local/dynamodb/errors.ts';
import { applyUpdate } from '@parley/local/dynamodb/expressions/apply-update.ts';
import { holds } from '@parley/local/dynamodb/expressions/evaluate.ts';
import { parseCondition } from '@parley/local/dynamodb/expressions/parse-condition.ts';
import { parseUpdate } from '@parley/local/dynamodb/expressions/parse-update.ts';
import type { Path } from '@parley/local/dynamodb/expressions/paths.ts';
import { valueAt } from '@parley/local/dynamodb/expressions/paths.ts';
import type { Placeholders } from '@parley/local/dynamodb/expressions/placeholders.ts';
import { readPlaceholders } from '@parley/local/dynamodb/expressions/placeholders.ts';
import { parseProjection, project } from '@parley/local/dynamodb/expressions/projection.ts';
import type { AttributeValue, Item } from '@parley/local/dynamodb/values/types.ts';
import { fc } from '../../support/properties.ts';

// Whatever the text, parsing it ends in an expression or in an error that the caller is told.

const VALUES = { ':a': { N: '1' }, ':b': { S: 'x' }, ':c': { L: [] }, ':d': { SS: ['x'] } };

function placeholders(): Placeholders {
  return readPlaceholders({ ExpressionAttributeNames: { '#n': 'n' }, ExpressionAttributeValues: VALUES }, ['']);
}

const WORDS =
  'aa bb cc #n :a :b :c :d :zz AND OR NOT IN BETWEEN SET REMOVE ADD DELETE size contains begins_with attribute_exists ' +
  'if_not_exists list_append ( ) ( ) [ ] [0] , . = <> < >= + - 1 name';
const hostile = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.array(fc.constantFrom(...WORDS.split(' ')), { maxLength: 25 }).map((words) => words.join(' ')),
);

const ITEM: Item = { aa: { N: '1' }, bb: { L: [{ S: 'x' }, { N: '2' }] }, n: { M: { aa: { SS: ['x', 'y'] } } } };

for (const [kind, run] of Object.entries({
  condition: (text: string) => holds(parseCondition('ConditionExpression', text, placeholders()), ITEM),
  update: (text: string) => applyUpdate(ITEM, parseUpdate(text, placeholders())),
  projection: (text: string) => project(ITEM, parseProjection(text, placeholders())),
}))
  test(`no text breaks the ${kind} parser`, () => {
    fc.assert(
      fc.property(hostile, (text) => {
        try {
          run(text);
        } catch (error) {
          assert.ok(error instanceof DynamoDbError, `${text}: ${String(error)}`);
          assert.equal(error.code, 'ValidationException');
        }
      }),
      { numRuns: 3000 },
    );
  });

test('deep nesting is refused, not a stack overflow', () => {
  for (const text of ['('.repeat(4000), `${'NOT '.repeat(1000)}aa = :a`, `${'size('.repeat(700)}aa`])
    assert.throws(() => parseCondition('ConditionExpression', text, placeholders()), DynamoDbError);
  assert.throws(() => parseUpdate(`SET aa = ${'('.repeat(3000)}`, placeholders()), DynamoDbError);
  assert.throws(() => parseCondition('ConditionExpression', 'a'.repeat(4097), placeholders()), /maximum allowed size/);
});

/** A random condition over attributes that are 0 or 1, written out with more or fewer parentheses, and what it means. */
type Formula = { text: string; binding: number; means: (bits: boolean[]) => boolean };

const { formula } = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 5 },
    fc
      .nat({ max: 3 })
      .map((bit): Formula => ({ text: `b${bit} = :one`, binding: 3, means: (bits) => bits[bit] === true })),
    tie('formula').map((inner): Formula => ({
      text: `NOT ${wrap(inner, 2)}`,
      binding: 2,
      means: (bits) => !inner.means(bits),
    })),
    fc.tuple(tie('formula'), tie('formula')).map(([a, b]): Formula => ({
      text: `${wrap(a, 1)} AND ${wrap(b, 2)}`,
      binding: 1,
      means: (bits) => a.means(bits) && b.means(bits),
    })),
    fc.tuple(tie('formula'), tie('formula')).map(([a, b]): Formula => ({
      text: `${wrap(a, 0)} OR ${wrap(b, 1)}`,
      binding: 0,
      means: (bits) => a.means(bits) || b.means(bits),
    })),
  ),
}));

test('NOT binds tighter than AND, AND tighter than OR, and parentheses tightest', () => {
  fc.assert(
    fc.property(formula, fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), ({ text, means }, bits) => {
      const item = Object.fromEntries(bits.map((bit, at) => [`b${at}`, { N: bit ? '1' : '0' }]));
      const values = readPlaceholders({ ExpressionAttributeValues: { ':one': { N: '1' } } }, [text]);
      assert.equal(holds(parseCondition('ConditionExpression', text, values), item), means(bits));
    }),
    { numRuns: 1000 },
  );
});

const step = fc.constantFrom<string | number>('aa', 'bb', 'n', 0, 1, 5);

test('a SET is read back from its path, and leaves the item it was given alone', () => {
  fc.assert(
    fc.property(fc.constantFrom('aa', 'bb', 'n'), fc.array(step, { maxLength: 2 }), (first, rest) => {
      const path: Path = [first, ...rest];
      const before = structuredClone(ITEM);
      const value: AttributeValue = { S: 'new' };
      const parent = path.length > 1 ? valueAt(ITEM, path.slice(0, -1)) : { M: ITEM };
      const last = path.at(-1) ?? first;
      const set = (): Item => applyUpdate(ITEM, [{ kind: 'set', path, value: { kind: 'value', value } }]);
      if (parent && (typeof last === 'number' ? 'L' in parent : 'M' in parent)) {
        const at = typeof last === 'number' && 'L' in parent ? Math.min(last, parent.L.length) : last;
        assert.deepEqual(valueAt(set(), [...path.slice(0, -1), at]), value);
      } else assert.throws(set, DynamoDbError);
      assert.deepEqual(ITEM, before);
    }),
  );
});

/** Parentheses around what binds less than the place needs. */
function wrap(inner: Formula, needed: number): string {
  return inner.binding < needed ? `(${inner.text})` : inner.text;
}
