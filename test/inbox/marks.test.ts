import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import { marks, toggleMark, type MarkedStyle } from '../../inbox/src/text/marks.ts';

/** The text with what is selected between `<` and `>`. */
function select(drawn: string) {
  const start = drawn.indexOf('<');
  return { text: drawn.replaceAll(/[<>]/g, ''), start, end: drawn.indexOf('>') - 1 };
}

function toggled(drawn: string, style: MarkedStyle): string {
  const { text, start, end } = toggleMark(select(drawn), style);
  return `${text.slice(0, start)}<${text.slice(start, end)}>${text.slice(end)}`;
}

test('what is selected is marked, and stays selected', () => {
  assert.equal(toggled('see <this> now', 'bold'), 'see **<this>** now');
  assert.equal(toggled('see <this> now', 'italic'), 'see _<this>_ now');
  assert.equal(toggled('قل <مرحبا> الآن', 'strikethrough'), 'قل ~~<مرحبا>~~ الآن');
});

test('what is marked is unmarked', () => {
  assert.equal(toggled('see **<this>** now', 'bold'), 'see <this> now');
  assert.equal(toggled('`<x>`', 'code'), '<x>');
});

test('spaces at the edges stay outside, and nothing selected leaves the caret between the marks', () => {
  assert.equal(toggled('see< this >now', 'bold'), 'see **<this>** now');
  assert.equal(toggled('see <>', 'bold'), 'see **<>**');
  assert.equal(toggled('see < >', 'code'), 'see  `<>`');
});

test('marking twice gives the text back', () => {
  const style = fc.constantFrom(...(Object.keys(marks) as MarkedStyle[]));
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), fc.nat(), style, (text, one, other, which) => {
      const [start = 0, end = 0] = [one % (text.length + 1), other % (text.length + 1)].toSorted((a, b) => a - b);
      assert.equal(toggleMark(toggleMark({ text, start, end }, which), which).text, text);
    }),
  );
});
