import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../../support/properties.ts';
import type { Entity, EntityType } from '@parley/core/domain/body.ts';
import { cutText } from '@parley/core/domain/rich-text/cut-text.ts';
import { joinTexts } from '@parley/core/domain/rich-text/join.ts';
import { normaliseEntities } from '@parley/core/domain/rich-text/normalise.ts';
import { plainOf } from '@parley/core/domain/rich-text/plain.ts';
import { lengthOf } from '@parley/core/domain/text-length.ts';
import type { TextUnit } from '@parley/core/domain/text-length.ts';
import { assertNormal } from './normal.ts';

const types: EntityType[] = [
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'code',
  'pre',
  'blockquote',
  'text_link',
  'url',
  'mention',
];
const anyNumber = fc.oneof(
  fc.integer({ min: -5, max: 50 }),
  fc.constantFrom(Number.NaN, 1.5, Number.POSITIVE_INFINITY),
);
const anyEntity: fc.Arbitrary<Entity> = fc.record({
  type: fc.constantFrom(...types),
  offset: anyNumber,
  length: anyNumber,
  url: fc.constant('https://a.example'),
});
const character = fc.constantFrom('a', ' ', '\n', 'ش', 'é', 'e\u0301', '👍🏽', '👨‍👩‍👧‍👦', '🇨🇿', 'नि', '\r\n', 'مَ', '\ud83d');
const anyText = fc.array(character, { maxLength: 25 }).map((characters) => characters.join(''));

function bold(offset: number, length: number): Entity {
  return { type: 'bold', offset, length };
}

test('any entities become such as every channel can take, and stay so', () => {
  fc.assert(
    fc.property(anyText, fc.array(anyEntity, { maxLength: 8 }), (text, entities) => {
      const normal = normaliseEntities(text, entities);
      assertNormal(text, normal);
      assert.deepEqual(normaliseEntities(text, normal), normal);
    }),
    { numRuns: 5000 },
  );
});

test('what is trimmed does not come to cross what it held', () => {
  const code: Entity = { type: 'code', offset: 0, length: 1 };
  const url: Entity = { type: 'url', offset: 1, length: 2 };
  assert.deepEqual(normaliseEntities('x aa', [bold(0, 4), url, code]), [code, url, bold(2, 1), bold(3, 1)]);
});

test('a character that is cut is formatted whole', () => {
  assert.deepEqual(normaliseEntities('a👨‍👩‍👧b', [bold(2, 1)]), [bold(1, 8)]);
  assert.deepEqual(normaliseEntities('مَرحبا', [bold(1, 1)]), [bold(0, 2)]);
});

test('spaces at the edges are not formatted, and nothing that is only spaces', () => {
  assert.deepEqual(normaliseEntities(' a b  ', [bold(0, 6)]), [bold(1, 3)]);
  assert.deepEqual(normaliseEntities('a \n b', [bold(1, 3)]), []);
});

test('what touches becomes one, what crosses is split', () => {
  assert.deepEqual(normaliseEntities('abcdef', [bold(0, 3), bold(3, 2)]), [bold(0, 5)]);
  assert.deepEqual(normaliseEntities('abcdef', [bold(0, 4), { type: 'italic', offset: 2, length: 4 }]), [
    bold(0, 4),
    { type: 'italic', offset: 2, length: 2 },
    { type: 'italic', offset: 4, length: 2 },
  ]);
});

test('code in formatted words interrupts it', () => {
  const code: Entity = { type: 'code', offset: 2, length: 2 };
  assert.deepEqual(normaliseEntities('a bc d', [bold(0, 6), code]), [bold(0, 1), code, bold(5, 1)]);
});

test('a link without an address is none', () => {
  assert.deepEqual(normaliseEntities('here', [{ type: 'text_link', offset: 0, length: 4 }]), []);
});

test('whatever formatting goes, the words stay in their order and the rest moves with them', () => {
  fc.assert(
    fc.property(anyText, fc.array(anyEntity, { maxLength: 6 }), fc.subarray(types), (text, entities, formatting) => {
      const plain = plainOf({ text, entities }, formatting);
      assertNormal(plain.text, normaliseEntities(plain.text, plain.entities));
      assert.equal(plain.text.replaceAll(' (https://a.example)', ''), text);
      for (const { type, offset, length } of plain.entities ?? []) {
        assert.ok(formatting.includes(type) && offset >= 0 && offset + length <= plain.text.length);
      }
    }),
    { numRuns: 2000 },
  );
});

function link(url: string): Entity {
  return { type: 'text_link', offset: 0, length: 9, url };
}

test('a link that says its address says it once', () => {
  for (const url of ['https://a.example', 'http://A.example/', 'a.example'])
    assert.equal(plainOf({ text: 'a.example', entities: [link(url)] }, []).text, 'a.example');
  assert.equal(
    plainOf({ text: 'a.example', entities: [link('https://b.example')] }, []).text,
    'a.example (https://b.example)',
  );
  assert.equal(
    plainOf({ text: 'write us.', entities: [link('mailto:a@a.example')] }, []).text,
    'write us. (a@a.example)',
  );
});

test('formatting around a link stays around its address, formatting behind it moves', () => {
  const entities: Entity[] = [
    bold(0, 8),
    { type: 'text_link', offset: 4, length: 4, url: 'https://a.example' },
    { type: 'italic', offset: 9, length: 3 },
  ];
  assert.deepEqual(plainOf({ text: 'see here now', entities }, ['bold', 'italic']), {
    text: 'see here (https://a.example) now',
    entities: [bold(0, 8), { type: 'italic', offset: 29, length: 3 }],
    lost: ['text_link'],
  });
});

test('a text of which no formatting is said stays without', () => {
  assert.deepEqual(plainOf({ text: 'a' }, []), { text: 'a', lost: [] });
});

test('texts are joined with their formatting', () => {
  assert.deepEqual(joinTexts(['Hi', undefined, { text: 'you', entities: [bold(0, 3)] }, ''], '\n'), {
    text: 'Hi\nyou',
    entities: [bold(3, 3)],
  });
  assert.deepEqual(joinTexts(['a', { text: 'b' }], ' '), { text: 'a b' });
});

test('a text is cut between characters as people see them', () => {
  assert.equal(cutText('ab👨‍👩‍👧‍👦cd', 10, 'utf16'), 'ab…');
  assert.equal(cutText('ab👨‍👩‍👧‍👦cd', 14, 'utf16'), 'ab👨‍👩‍👧‍👦…');
  assert.equal(cutText('مَرْحَبًا', 4, 'utf16'), 'مَ…');
  assert.equal(cutText('🇨🇿🇨🇿', 3, 'characters'), '🇨🇿…');
  assert.equal(cutText('نعم لا', 8, 'bytes'), 'نع…');
  assert.equal(cutText('abc', 3, 'bytes'), 'abc');
  assert.equal(cutText('👍🏽', 2, 'bytes'), '');
});

test('what is cut is as long as it may be, in every unit', () => {
  const units = fc.constantFrom<TextUnit>('utf16', 'bytes', 'characters');
  fc.assert(
    fc.property(anyText, fc.nat(60), units, (text, max, unit) => {
      const cut = cutText(text, max, unit);
      assert.ok(lengthOf(cut, unit) <= max);
      if (lengthOf(text, unit) <= max) return assert.equal(cut, text);
      const kept = cut.replace(/…$/, '');
      assert.ok(text.startsWith(kept));
      const characters = Array.from(new Intl.Segmenter().segment(text));
      const next = characters.find(({ index }) => index === kept.length)?.segment;
      assert.ok(next !== undefined, 'cuts no character');
      return assert.ok(lengthOf(cut + next, unit) > max, 'has no room for another');
    }),
    { numRuns: 2000 },
  );
});
