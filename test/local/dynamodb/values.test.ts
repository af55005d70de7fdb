import assert from 'node:assert/strict';
import test from 'node:test';
import { DynamoDbError } from '@parley/local/dynamodb/errors.ts';
import { sameValue } from '@parley/local/dynamodb/values/compare.ts';
import { addNumbers, canonicalNumber, compareNumbers, subtractNumbers } from '@parley/local/dynamodb/values/number.ts';
import { afterPrefix, encodeSortKey, justAfter } from '@parley/local/dynamodb/values/order.ts';
import { readValue } from '@parley/local/dynamodb/values/read.ts';
import { itemSize, valueSize } from '@parley/local/dynamodb/values/size.ts';
import type { AttributeValue } from '@parley/local/dynamodb/values/types.ts';
import { fc } from '../../support/properties.ts';

/** Numbers as text: an integer of up to 38 digits, shifted by a power of ten within the range. */
const scaled = fc.record({
  integer: fc.bigInt({ min: -(10n ** 38n - 1n), max: 10n ** 38n - 1n }),
  power: fc.integer({ min: -120, max: 80 }),
});
type Scaled = { integer: bigint; power: number };

const text = ({ integer, power }: Scaled): string => `${integer}e${power}`;
/** The exact value, scaled so that it is an integer. */
const exact = ({ integer, power }: Scaled): bigint => integer * 10n ** BigInt(power + 120);
const sign = (value: bigint | number): number => (value > 0 ? 1 : value < 0 ? -1 : 0);
const sortBytes = (value: AttributeValue): Buffer => Buffer.from(encodeSortKey(value));

test('numbers compare by value, and so do their bytes', () => {
  fc.assert(
    fc.property(scaled, scaled, (a, b) => {
      const [x, y] = [canonicalNumber(text(a)), canonicalNumber(text(b))];
      const wanted = sign(exact(a) - exact(b));
      assert.equal(sign(compareNumbers(x, y)), wanted);
      assert.equal(Buffer.compare(sortBytes({ N: x }), sortBytes({ N: y })), wanted);
    }),
    { numRuns: 2000 },
  );
});

test('close numbers compare by value too', () => {
  const near = fc.tuple(fc.integer({ min: -2000, max: 2000 }), fc.integer({ min: -2, max: 2 }));
  fc.assert(
    fc.property(near, near, ([a, p], [b, q]) => {
      const wanted = sign(BigInt(a) * 10n ** BigInt(p + 2) - BigInt(b) * 10n ** BigInt(q + 2));
      assert.equal(
        Buffer.compare(sortBytes({ N: canonicalNumber(`${a}e${p}`) }), sortBytes({ N: canonicalNumber(`${b}e${q}`) })),
        wanted,
      );
    }),
    { numRuns: 2000 },
  );
});

test('the canonical text of a number is stable and says the same', () => {
  fc.assert(
    fc.property(scaled, (number) => {
      const canonical = canonicalNumber(text(number));
      assert.match(canonical, /^(?:0|-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?)$/);
      assert.equal(canonicalNumber(canonical), canonical);
      assert.equal(compareNumbers(canonical, text(number)), 0);
    }),
  );
});

test('sums are exact, or refused when they need more than 38 digits', () => {
  fc.assert(
    fc.property(scaled, scaled, (a, b) => {
      const sum = exact(a) + exact(b);
      const digits = String(sum < 0n ? -sum : sum).replace(/0+$/, '').length;
      const add = (): string => addNumbers(canonicalNumber(text(a)), canonicalNumber(text(b)));
      if (digits > 38) return assert.throws(add, DynamoDbError);
      assert.equal(add(), canonicalNumber(`${sum}e-120`));
      assert.equal(subtractNumbers(add(), canonicalNumber(text(b))), canonicalNumber(text(a)));
    }),
  );
});

/** Of any signs hardly one text in fifty is a number, so most are made as numbers are. */
const numberLike = fc.oneof(
  fc.string(),
  fc.stringMatching(/^[-+0-9.eE]{0,12}$/),
  fc.stringMatching(/^[-+]?[0-9]{1,6}(\.[0-9]{0,4})?([eE][-+]?[0-9])?$/),
);

test('text is a number or refused, whatever it is', () => {
  fc.assert(
    fc.property(numberLike, (given) => {
      const canonical = unlessRefused(() => canonicalNumber(given));
      if (canonical === undefined) return;
      assert.match(canonical, /^(0|-?([1-9]\d*|0)(\.\d*[1-9])?)$/);
      assert.equal(Number(canonical), Number(given) + 0, 'DynamoDB has one zero: -0 is 0');
    }),
    { examples: [['-0']] },
  );
});

test('strings sort by their UTF-8 bytes, and ranges end where they should', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
      const [x, y] = [sortBytes({ S: a }), sortBytes({ S: b })];
      assert.equal(Buffer.compare(x, y), Buffer.compare(Buffer.from(a), Buffer.from(b)));
      assert.equal(Buffer.compare(y, x) > 0, Buffer.compare(y, justAfter(x)) >= 0);
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), fc.uint8Array(), (prefix, bytes) => {
      const isInside = Buffer.compare(bytes, prefix) >= 0 && Buffer.compare(bytes, afterPrefix(prefix)) < 0;
      assert.equal(isInside, Buffer.from(bytes).subarray(0, prefix.length).equals(prefix));
    }),
  );
});

/** Of any JSON hardly any is a value, so half of it has the names of types. */
const valueLike = fc.oneof(
  fc.jsonValue(),
  fc.dictionary(fc.constantFrom('S', 'N', 'M', 'L', 'BOOL', 'NULL'), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 2 }),
  fc.record({ S: fc.string() }),
);

test('any JSON is a value or refused', () => {
  fc.assert(
    fc.property(valueLike, (json) => {
      const value = unlessRefused(() => readValue(json));
      if (value === undefined) return;
      const [type = '', ...others] = Object.keys(value);
      assert.deepEqual([others, Object.hasOwn(json as object, type)], [[], true]);
    }),
  );
});

test('a value read from what it reads as is the same value', () => {
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.record({ S: fc.string() }),
      fc.record({ N: scaled.map(text) }),
      fc.record({ BOOL: fc.boolean() }),
      fc.record({ SS: fc.uniqueArray(fc.string(), { minLength: 1 }) }),
      fc.record({ L: fc.array(tie('value'), { maxLength: 3 }) }),
      fc.record({ M: fc.dictionary(fc.string(), tie('value'), { maxKeys: 3 }) }),
    ),
  }));
  fc.assert(
    fc.property(value, (raw) => {
      const read = readValue(raw);
      assert.ok(sameValue(read, readValue(JSON.parse(JSON.stringify(read)))));
    }),
  );
});

const SIZES: [AttributeValue, number][] = [
  [{ S: 'é' }, 2],
  [{ B: 'AQID' }, 3],
  [{ BOOL: true }, 1],
  [{ NULL: true }, 1],
  [{ N: '0' }, 1],
  [{ N: '1' }, 2],
  [{ N: '1000' }, 2],
  [{ N: '123' }, 3],
  [{ N: '-123.4' }, 4],
  [{ SS: ['a', 'bc'] }, 3],
  [{ L: [] }, 3],
  [{ L: [{ S: 'a' }, { S: 'b' }] }, 7],
  [{ M: { name: { S: 'a' } } }, 9],
];

test('sizes follow the developer guide', () => {
  for (const [value, size] of SIZES) assert.equal(valueSize(value), size, JSON.stringify(value));
  assert.equal(itemSize({ pk: { S: 'abc' }, naïve: { N: '12' } }), 2 + 3 + 6 + 2);
});

/** What comes of it, or undefined where it is refused as DynamoDB refuses. */
function unlessRefused<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    assert.ok(error instanceof DynamoDbError, String(error));
    return undefined;
  }
}
