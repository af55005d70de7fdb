import assert from 'node:assert/strict';
import test from 'node:test';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { fromAttributes, toAttributes } from '@parley/core/store/attributes.ts';
import { fc } from '../support/properties.ts';

/** A copy by assignment, as the SDK makes, loses a member of that name. */
const name = fc.string().filter((each) => each !== '__proto__');

const { item } = fc.letrec<{ item: Record<string, unknown>; value: unknown }>((tie) => ({
  item: fc.dictionary(name, tie('value')),
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string(),
    fc.integer(),
    fc.double({ min: -1e9, max: 1e9, noNaN: true }).filter((each) => Math.abs(each) > 1e-9),
    fc.boolean(),
    fc.constant(null),
    fc.uniqueArray(fc.string(), { minLength: 1 }).map((texts) => new Set(texts)),
    fc.array(tie('value')),
    tie('item'),
  ),
}));

test("an item is written as the SDK's marshaller writes it, and comes back as it was", () => {
  fc.assert(
    fc.property(item, (each) => {
      const attributes = toAttributes(each);
      assert.deepEqual(attributes, marshall(each));
      assert.deepEqual(fromAttributes(attributes), unmarshall(attributes));
    }),
  );
});

test('what is undefined is left out, at any depth', () => {
  assert.deepEqual(toAttributes({ a: undefined, b: { c: undefined } }), { b: { M: {} } });
});

test("a number beyond DynamoDB's is kept as text", () => {
  assert.deepEqual(toAttributes({ a: 1e300, b: 5e-324, c: 9e125, d: 0 }), {
    a: { S: '1e+300' },
    b: { S: '5e-324' },
    c: { N: '9e+125' },
    d: { N: '0' },
  });
});

test('what DynamoDB does not have is refused', () => {
  assert.throws(() => toAttributes({ a: 1n }), TypeError);
  assert.throws(() => toAttributes({ a: [undefined] }), TypeError);
});
