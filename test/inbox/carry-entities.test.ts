import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import type { Entity } from '../../inbox/src/api/message-parts.ts';
import { carryEntities, toggleStyle } from '../../inbox/src/text/carry-entities.ts';
import type { MarkedStyle } from '../../inbox/src/text/marks.ts';

const bold = (offset: number, length: number): Entity => ({ type: 'bold', offset, length });

/** What of a text an entity covers. */
function covered(text: string, entities: Entity[]): string[] {
  return entities.map(({ offset, length }) => text.slice(offset, offset + length));
}

function typed(before: string, entities: Entity[], after: string): string[] {
  return covered(after, carryEntities(before, entities, after));
}

test('formatting stays on its words, whatever is typed around them', () => {
  assert.deepEqual(typed('At four', [bold(3, 4)], 'Come at four'), ['four']);
  assert.deepEqual(typed('At four', [bold(3, 4)], 'At four sharp'), ['four']);
  assert.deepEqual(typed('four', [bold(0, 4)], 'At four'), ['four']);
  assert.deepEqual(typed('قل مرحبا الآن', [bold(3, 5)], 'قل له مرحبا الآن'), ['مرحبا']);
});

test('what is typed within takes it on; other words in its place have it; none, and it is gone', () => {
  assert.deepEqual(typed('At four', [bold(3, 4)], 'At foxur'), ['foxur']);
  assert.deepEqual(typed('At four', [bold(3, 4)], 'At nine'), ['nine']);
  assert.deepEqual(typed('At four', [bold(3, 4)], 'At '), []);
  const link = { type: 'text_link', offset: 3, length: 4, url: 'https://example.com' };
  assert.deepEqual(carryEntities('At shop', [link], 'At the shop'), [{ ...link, offset: 7 }]);
});

test('whatever becomes of a text, its formatting lies within it, and an untouched text keeps all of it', () => {
  const text = fc.string({ maxLength: 30, unit: fc.constantFrom('a', 'b', ' ', 'م') });
  const spans = fc.array(fc.tuple(fc.nat(29), fc.integer({ min: 1, max: 30 })), { maxLength: 4 });
  fc.assert(
    fc.property(text, text, spans, (before, after, found) => {
      const entities = found.flatMap(([offset, length]) =>
        offset + length <= before.length ? [bold(offset, length)] : [],
      );
      for (const { offset, length } of carryEntities(before, entities, after))
        assert.ok(offset >= 0 && length > 0 && offset + length <= after.length);
      assert.deepEqual(carryEntities(before, entities, before), entities);
    }),
  );
});

test('a style is laid over what is selected without its spaces, joins what it meets, and is taken away again', () => {
  const text = 'one two three';
  const toggle = (entities: Entity[], start: number, end: number, style: MarkedStyle = 'bold') =>
    toggleStyle(entities, { text, start, end }, style);
  assert.deepEqual(covered(text, toggle([], 3, 8)), ['two']);
  assert.deepEqual(covered(text, toggle([bold(0, 3)], 2, 7)), ['one two']);
  assert.deepEqual(covered(text, toggle([bold(0, 13)], 4, 7)), ['one ', ' three']);
  assert.deepEqual(toggle([bold(4, 3)], 4, 7), []);
  assert.deepEqual(toggle([bold(4, 3)], 4, 7, 'italic').length, 2);
  assert.deepEqual(toggle([bold(4, 3)], 3, 4), [bold(4, 3)], 'a space is not formatted');
});
