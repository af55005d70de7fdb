import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { hasVariants, sameNumber, whatsAppNumber } from '@parley/core/domain/whatsapp-number.ts';

/** [what, every way it is written] */
const same: [string, string[]][] = [
  [
    'a Brazilian mobile with and without its ninth digit',
    [
      '+5511987654321',
      '551187654321',
      '5511987654321@c.us',
      '551187654321@s.whatsapp.net',
      '+55 (11) 98765-4321',
      '00551187654321',
    ],
  ],
  ['a Mexican mobile with 52 and 521', ['+525512345678', '+5215512345678', '5215512345678@c.us', '00 52 55 1234 5678']],
  [
    'an Argentine mobile with and without its 9, and with its 15',
    ['+5491123456789', '+541123456789', '5491123456789@c.us', '+54 9 11 2345-6789', '+54 11 15 2345 6789'],
  ],
  ['one of an Argentine town', ['+5493515123456', '+543515123456', '+54 351 15 512 3456']],
  ['an Egyptian mobile', ['+201001383533', '00201001383533', '201001383533:12@s.whatsapp.net', '٢٠١٠٠١٣٨٣٥٣٣']],
];

for (const [what, spellings] of same) {
  test(`F19: ${what} is one number`, () => {
    for (const spelling of spellings)
      assert.ok(sameNumber(spelling, spellings[0] ?? ''), `${spelling} is ${whatsAppNumber(spelling)}`);
  });
}

test('F19: a landline is not merged with the mobile of the same digits', () => {
  assert.equal(sameNumber('+551133334444', '+5511933334444'), false);
  assert.equal(sameNumber('+551155554444', '+5511955554444'), false);
  assert.equal(sameNumber('+541143211234', '+5491143211234'), false);
  assert.equal(sameNumber('+543514123456', '+5493514123456'), false);
  for (const landline of ['+551133334444', '+541143211234', '+20225550000']) {
    assert.equal(whatsAppNumber(landline), landline);
    assert.equal(hasVariants(landline), false);
  }
});

test('F19: other countries’ numbers are left as they are', () => {
  for (const number of ['+15551234567', '+5511', '+34600123456', '+552112345', '+5712345678901', '+5355512345678'])
    assert.equal(whatsAppNumber(number), /^\+\d{7,15}$/.test(number) ? number : undefined);
});

test('F19: the form is its own, and nothing but a number becomes one', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc
          .tuple(fc.constantFrom('52', '521', '54', '549', '55', '20'), fc.stringMatching(/^\d{8,12}$/))
          .map(([country, rest]) => `+${country}${rest}`),
      ),
      (text) => {
        const number = whatsAppNumber(text);
        if (number === undefined) return;
        assert.match(number, /^\+\d{7,15}$/);
        assert.equal(whatsAppNumber(number), number);
      },
    ),
    { numRuns: 2000 },
  );
});

test('F19: only numbers that have other spellings are asked for', () => {
  for (const number of ['+5511987654321', '+525512345678', '+5491123456789']) assert.equal(hasVariants(number), true);
  for (const number of ['+201001383533', '+15551234567']) assert.equal(hasVariants(number), false);
});
