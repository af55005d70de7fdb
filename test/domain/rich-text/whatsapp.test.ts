import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../../support/properties.ts';
import { whatsAppParts } from '../../../bench/hostile-texts.ts';
import type { Entity, EntityType } from '@parley/core/domain/body.ts';
import { normaliseEntities } from '@parley/core/domain/rich-text/normalise.ts';
import { fromWhatsApp } from '@parley/core/domain/rich-text/from-whatsapp.ts';
import { toWhatsApp } from '@parley/core/domain/rich-text/to-whatsapp.ts';
import { readHostile } from './hostile.ts';

const S = '\u200b';

test('words of each kind get their marks', () => {
  const text = 'bold italic struck code';
  const entities: Entity[] = [
    { type: 'bold', offset: 0, length: 4 },
    { type: 'italic', offset: 5, length: 6 },
    { type: 'strikethrough', offset: 12, length: 6 },
    { type: 'code', offset: 19, length: 4 },
  ];
  assert.equal(toWhatsApp(text, entities), '*bold* _italic_ ~struck~ `code`');
  assert.deepEqual(fromWhatsApp('*bold* _italic_ ~struck~ `code`'), { text, entities });
});

test('what nests is closed from within', () => {
  const entities: Entity[] = [
    { type: 'bold', offset: 0, length: 7 },
    { type: 'italic', offset: 4, length: 3 },
  ];
  assert.equal(toWhatsApp('all new', entities), '*all _new_*');
  assert.deepEqual(fromWhatsApp('*all _new_*'), { text: 'all new', entities });
});

test('a stretch of several lines is marked on each, and its edges lose their spaces', () => {
  assert.equal(toWhatsApp('one \n two', [{ type: 'bold', offset: 0, length: 9 }]), '*one* \n *two*');
});

test('code of several lines stands between fences, and no sign in it is a mark', () => {
  const text = 'run\na *b* c\nd\nnow';
  const entities: Entity[] = [{ type: 'pre', offset: 4, length: 9 }];
  assert.equal(toWhatsApp(text, entities), 'run\n```a *b* c\nd```\nnow');
  assert.deepEqual(fromWhatsApp('run\n```a *b* c\nd```\nnow'), { text, entities });
});

test('quoted lines have a sign each', () => {
  const text = 'She wrote\nyes\nand no\nToday';
  const entities: Entity[] = [{ type: 'blockquote', offset: 10, length: 10 }];
  assert.equal(toWhatsApp(text, entities), 'She wrote\n> yes\n> and no\nToday');
  assert.deepEqual(fromWhatsApp('She wrote\n> yes\n> and no\nToday'), { text, entities });
});

test('a link keeps its address, once', () => {
  const link: Entity = { type: 'text_link', offset: 4, length: 4, url: 'https://a.example/x_y_z' };
  assert.equal(toWhatsApp('see here now', [link]), 'see here (https://a.example/x_y_z) now');
  assert.equal(toWhatsApp('see a.example', [{ ...link, length: 9, url: 'https://a.example/' }]), 'see a.example');
});

test('what WhatsApp has no mark for goes as plain words', () => {
  const entities: Entity[] = [
    { type: 'underline', offset: 0, length: 1 },
    { type: 'spoiler', offset: 2, length: 1 },
    { type: 'bold', offset: 4, length: 1 },
  ];
  assert.equal(toWhatsApp('a b cd', entities), 'a b cd');
});

test('signs that would be read as marks are shielded, others are left alone', () => {
  assert.equal(toWhatsApp('*not bold*', []), `*${S}not bold*`);
  assert.equal(toWhatsApp('```no code```', []).replaceAll(S, ''), '```no code```');
  assert.equal(toWhatsApp('> no quote', []), `${S}> no quote`);
  for (const text of [
    '5 * 3 * 2',
    'snake_case_name',
    '* item\n* item',
    '~ 20 ~',
    '2*3*4',
    'https://a.example/_x_ ok',
  ]) {
    assert.equal(toWhatsApp(text, []), text);
    assert.deepEqual(fromWhatsApp(text), { text });
  }
});

test('a text of which nobody said how it is formatted goes as it is written', () => {
  assert.equal(toWhatsApp('*Sale*', undefined), '*Sale*');
});

test('lists and unpaired signs of a received text stay', () => {
  for (const text of ['- a\n- b', '1. a\n2. b', '*open', 'close*', '* a *', '**', '____', '``````', '>none', '> ']) {
    assert.equal(fromWhatsApp(text).text, text);
  }
});

test('a sign opens anew until it closes', () => {
  assert.deepEqual(fromWhatsApp('**bold**'), { text: '*bold*', entities: [{ type: 'bold', offset: 1, length: 4 }] });
  assert.deepEqual(fromWhatsApp('*a *b*'), { text: '*a b', entities: [{ type: 'bold', offset: 3, length: 1 }] });
});

test('Arabic with its vowel signs and letters beyond the first plane are words', () => {
  for (const word of ['مَرْحَبًا', '𝒜𝒷', 'नमस्ते', '你好']) {
    assert.deepEqual(fromWhatsApp(`*${word}*`), {
      text: word,
      entities: [{ type: 'bold', offset: 0, length: word.length }],
    });
    assert.deepEqual(fromWhatsApp(`${word}*${word}*`), { text: `${word}*${word}*` });
  }
  assert.equal(toWhatsApp('👨‍👩‍👧 hi', [{ type: 'bold', offset: 0, length: 8 }]), '*👨‍👩‍👧* hi');
});

const sign = fc.constantFrom(
  '*',
  '_',
  '~',
  '`',
  '```',
  '> ',
  '- ',
  ' ',
  '\n',
  'a',
  'ب',
  '👨‍👩‍👧',
  '.',
  'https://a.example/_',
  '(',
  ')',
);
const messy = fc.array(sign, { maxLength: 24 }).map((signs) => signs.join(''));
const types = fc.constantFrom<EntityType>(
  'bold',
  'italic',
  'strikethrough',
  'underline',
  'code',
  'pre',
  'blockquote',
  'spoiler',
);
const entity = fc.record({ type: types, offset: fc.nat(40), length: fc.integer({ min: 1, max: 30 }) });

test('a text without formatting arrives as it is, with none', () => {
  fc.assert(
    fc.property(fc.oneof(messy, fc.string({ unit: 'binary' })), (text) => {
      const plain = text.replaceAll(S, '');
      assert.deepEqual(fromWhatsApp(toWhatsApp(plain, [])), { text: plain });
    }),
    { numRuns: 3000 },
  );
});

test('whatever is formatted, no word is lost and only what was formatted is read as such', () => {
  fc.assert(
    fc.property(messy, fc.array(entity, { maxLength: 4 }), (text, entities) => {
      const read = fromWhatsApp(toWhatsApp(text, entities));
      assert.equal(read.text, text);
      const meant = normaliseEntities(text, entities);
      for (const found of read.entities ?? []) {
        const of = meant.filter(({ type }) => type === found.type || (type === 'code' && found.type === 'pre'));
        const isMeant = (at: number): boolean => of.some(({ offset, length }) => offset <= at && at < offset + length);
        const places = Array.from({ length: found.length }, (_, index) => found.offset + index);
        // quotes on lines that follow each other are one
        const within = places.every((at) => text[at] === '\n' || isMeant(at));
        assert.ok(within, JSON.stringify({ text, entities, found }));
      }
    }),
    { numRuns: 3000 },
  );
});

const word = fc.constantFrom('a', 'ش', '👍🏽', 'नमस्ते', 'x.y', '5*3', 'b_c', '*', '_');
const style = fc.constantFrom<EntityType | undefined>('bold', 'italic', 'strikethrough', 'code', undefined);

test('formatting of whole words survives the way there and back', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(word, style), { minLength: 1, maxLength: 12 }), (words) => {
      const text = words.map(([each]) => each).join(' ');
      let offset = 0;
      const entities = words.flatMap(([each, type]): Entity[] => {
        const at = offset;
        offset += each.length + 1;
        const marked = /^[*_]$/.test(each) && type !== 'code' ? undefined : type;
        return marked === undefined ? [] : [{ type: marked, offset: at, length: each.length }];
      });
      const read = fromWhatsApp(toWhatsApp(text, entities));
      assert.deepEqual(read, entities.length === 0 ? { text } : { text, entities });
    }),
    { numRuns: 2000 },
  );
});

test('200 KB of anything is read and written at once', () => {
  readHostile(whatsAppParts, fromWhatsApp);
  readHostile(whatsAppParts, (text) => toWhatsApp(text, []));
});
