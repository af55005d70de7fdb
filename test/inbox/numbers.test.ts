import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { numbersApart } from '../../inbox/src/text/numbers.ts';

test('the parts give the text back, each where it says it begins', () => {
  const piece = fc.constantFrom('1', '٣', ' ', ',', '.', '-', '/', '+', '(', 'ا', 'a', '\u00a0', '😀');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const text = pieces.join('');
      const parts = numbersApart(text);
      assert.equal(parts.map((part) => part.text).join(''), text);
      for (const part of parts) assert.ok(text.startsWith(part.text, part.start));
    }),
  );
});

test('one group of digits needs no help, a number with its plus does', () => {
  assert.deepEqual(numbersApart('غرفة 12'), [{ text: 'غرفة 12', start: 0, isNumber: false }]);
  assert.deepEqual(numbersApart('+20123'), [{ text: '+20123', start: 0, isNumber: true }]);
  assert.deepEqual(numbersApart(''), []);
});
