import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import { isGsm, smsSegments } from '@parley/core/domain/sms-segments.ts';

function count(text: string): [encoding: string, units: number, segments: number] {
  const { encoding, units, segments } = smsSegments(text);
  return [encoding, units, segments.length];
}

/** [what, text, encoding, units, segments] */
const cases: [string, string, string, number, number][] = [
  ['nothing', '', 'GSM-7', 0, 0],
  ['one SMS of GSM-7', 'a'.repeat(160), 'GSM-7', 160, 1],
  ['one septet more', 'a'.repeat(161), 'GSM-7', 161, 2],
  ['two parts', 'a'.repeat(306), 'GSM-7', 306, 2],
  ['three parts', 'a'.repeat(307), 'GSM-7', 307, 3],
  ['signs of the alphabet beyond ASCII', '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ ¤¡ÄÖÑÜ§¿äöñüà', 'GSM-7', 45, 1],
  ['one SMS of UCS-2', 'ش'.repeat(70), 'UCS-2', 70, 1],
  ['one unit more', 'ش'.repeat(71), 'UCS-2', 71, 2],
  ['two parts of UCS-2', 'ش'.repeat(134), 'UCS-2', 134, 2],
  ['three parts of UCS-2', 'ش'.repeat(135), 'UCS-2', 135, 3],
  ['one emoji among Latin', `${'a'.repeat(69)}😀`, 'UCS-2', 71, 2],
  ['extension characters', '€'.repeat(80), 'GSM-7', 160, 1],
  ['one extension character more', '€'.repeat(81), 'GSM-7', 162, 2],
  ['an escape that does not fit the first part', `${'a'.repeat(152)}€${'a'.repeat(152)}€`, 'GSM-7', 308, 3],
  ['a surrogate pair that does not fit the first part', `${'д'.repeat(66)}😀${'д'.repeat(66)}`, 'UCS-2', 134, 3],
  ['1600 of GSM-7', 'a'.repeat(1600), 'GSM-7', 1600, 11],
  ['1600 of UCS-2', 'ش'.repeat(1600), 'UCS-2', 1600, 24],
  ['a lone surrogate', '\ud83d', 'UCS-2', 1, 1],
];

for (const [what, text, encoding, units, segments] of cases) {
  test(`F34: ${what}`, () => assert.deepEqual(count(text), [encoding, units, segments]));
}

test('F34: each of €^{}[]~|\\ and form feed counts two, every other sign of GSM-7 one', () => {
  for (const sign of '€^{}[]~|\\\f') assert.deepEqual(count(sign), ['GSM-7', 2, 1], sign);
  for (const sign of '@$_ !0Aa\n\r') assert.deepEqual(count(sign), ['GSM-7', 1, 1], sign);
});

test('F34: what looks like GSM-7 and is not makes the text UCS-2', () => {
  for (const sign of ['`', 'ç', '\t', '“', '’', '–', '…', '\u00a0', '°', 'α', '\u0391', 'я', 'ع', '\u001b', '😀'])
    assert.equal(isGsm(`hello ${sign}`), false, sign);
});

const signs = fc.constantFrom('a', '€', 'ش', '😀', '\ud83d', '\n');
/** Of GSM-7's signs alone, and long enough for several parts: among any signs there is nearly always one that makes it UCS-2. */
const plain = fc.string({ unit: fc.constantFrom('a', '€', '\n'), maxLength: 700, size: 'max' });

test('F34: the parts are the text, none is empty, and none holds more than a part may', () => {
  fc.assert(
    fc.property(fc.oneof(plain, fc.string({ unit: signs, maxLength: 400 })), (text) => {
      const { encoding, units, segments } = smsSegments(text);
      assert.equal(segments.join(''), text);
      const sizes = segments.map((segment) =>
        encoding === 'UCS-2' ? segment.length : segment.length + (segment.match(/€/g)?.length ?? 0),
      );
      assert.equal(
        sizes.reduce((sum, size) => sum + size, 0),
        units,
      );
      const most = segments.length > 1 ? { 'GSM-7': 153, 'UCS-2': 67 } : { 'GSM-7': 160, 'UCS-2': 70 };
      assert.ok(sizes.every((size) => size > 0 && size <= most[encoding]));
      assert.ok(segments.every((segment) => !/^[\udc00-\udfff]/.test(segment)));
    }),
    { numRuns: 300 },
  );
});
