import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import type { Entity } from '@parley/core/domain/body.ts';
import { render, variablesIn } from '@parley/core/domain/variables.ts';
import { variableParts } from '../../bench/hostile-texts.ts';
import { processorMs } from '../support/processor-time.ts';

const name = fc.constantFrom('a', 'first_name', 'الاسم', 'x.y', '1');
const words = fc.stringMatching(/^[^{}]{0,8}$/u).filter((text) => !text.endsWith('\ud800'));
const value = fc.string({ minLength: 1, unit: 'binary' }).filter((text) => text.trim() !== '');
const piece = fc.oneof(
  words.map((text) => ({ text, name: undefined })),
  name.map((each) => ({ text: `{{${each}}}`, name: each })),
  name.map((each) => ({ text: `{${each}}`, name: each })),
);
const braces = fc.array(fc.constantFrom('{', '}', '{{', '}}', '|', '"', 'a', ' ', 'ب', '\u200f'), { maxLength: 40 });

test('every variable is replaced by its value and every other word stays', () => {
  const all = fc.record({ a: value, first_name: value, الاسم: value, 'x.y': value, 1: value });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), all, (pieces, values: Record<string, string>) => {
      const rendered = render(pieces.map(({ text }) => text).join(''), undefined, values);
      const expected = pieces.map((each) => (each.name === undefined ? each.text : values[each.name])).join('');
      assert.deepEqual(rendered, { ok: true, text: expected });
    }),
  );
});

test('what is missing is what the text names', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.map((each) => each.text).join('');
      const names = new Set(pieces.flatMap((each) => each.name ?? []));
      const rendered = render(text, undefined, {});
      assert.deepEqual(new Set(variablesIn(text)), names);
      assert.deepEqual(new Set(rendered.ok ? [] : rendered.missing), names);
    }),
  );
});

test('formatting lies on the same words as before', () => {
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 10 }), fc.nat(), fc.nat(), value, (pieces, a, b, said) => {
      const values = Object.fromEntries(['a', 'first_name', 'الاسم', 'x.y', '1'].map((each) => [each, said]));
      const [from, to] = [a % pieces.length, b % pieces.length].toSorted((x, y) => x - y) as [number, number];
      const lengthOf = (some: typeof pieces) => some.reduce((sum, { text }) => sum + text.length, 0);
      const entity: Entity = {
        type: 'bold',
        offset: lengthOf(pieces.slice(0, from)),
        length: lengthOf(pieces.slice(from, to)),
      };
      const rendered = render(pieces.map(({ text }) => text).join(''), [entity], values);
      assert.ok(rendered.ok);
      const [kept] = rendered.entities ?? [];
      const expected = pieces.slice(from, to).map((each) => (each.name === undefined ? each.text : said));
      assert.equal(kept ? rendered.text.slice(kept.offset, kept.offset + kept.length) : '', expected.join(''));
    }),
  );
});

test('any mixture of braces is read, and formatting stays within the text', () => {
  const entity = fc.record({ type: fc.constant('bold' as const), offset: fc.nat(60), length: fc.nat(60) });
  fc.assert(
    fc.property(braces, fc.array(entity), value, (signs, entities, said) => {
      const text = signs.join('');
      const inside = entities.filter(({ offset, length }) => offset + length <= text.length);
      const rendered = render(text, inside, { a: said, ب: said });
      if (!rendered.ok) return assert.ok(rendered.missing.every((each) => text.includes(each)));
      for (const { offset, length } of rendered.entities ?? [])
        assert.ok(offset >= 0 && length > 0 && offset + length <= rendered.text.length);
    }),
  );
});

test('a text made to be slow is read in no time', () => {
  const took = processorMs(() => {
    for (const part of variableParts) variablesIn(part.repeat(100_000 / part.length) + ' '.repeat(100_000));
  });
  assert.ok(took < 1000, `${took} ms`);
});
