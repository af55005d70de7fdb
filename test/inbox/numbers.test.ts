import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import { numbersApart, wholeNumbers } from '../../inbox/src/text/numbers.ts';

test('the parts give the text back, each where it says it begins', () => {
  const piece = fc.constantFrom('1', '٣', ' ', ',', '.', '-', '/', '+', '(', 'ا', 'a', '\u00a0', '😀');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const text = pieces.join('');
      for (const parts of [numbersApart(text), numbersApart(text, wholeNumbers)]) {
        assert.equal(parts.map((part) => part.text).join(''), text);
        for (const part of parts) assert.ok(text.startsWith(part.text, part.start));
      }
    }),
  );
});

test('one group of digits needs no help, a number with its plus does', () => {
  assert.deepEqual(numbersApart('غرفة 12'), [{ text: 'غرفة 12', start: 0, isNumber: false }]);
  assert.deepEqual(numbersApart('+20123'), [{ text: '+20123', start: 0, isNumber: true }]);
  assert.deepEqual(numbersApart(''), []);
});

test('in a line that may be cut, a number that is a word is set apart too, and no part of a word is', () => {
  assert.deepEqual(numbersOf('Order 4711, or call +20 100 200 3000'), ['4711', '+20 100 200 3000']);
  assert.deepEqual(numbersOf('متى يصل الطلب ٤٧١١؟'), ['٤٧١١']);
  assert.deepEqual(numbersOf('SKU-1234 at nile.example/4711'), []);
});

function numbersOf(text: string): string[] {
  return numbersApart(text, wholeNumbers).flatMap((part) => (part.isNumber ? [part.text] : []));
}
