import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import type { Entity } from '../../inbox/src/api/message-parts.ts';
import { findLinks, webUrl } from '../../inbox/src/text/links.ts';
import { parseRichText, type TextNode } from '../../inbox/src/text/rich-text.ts';

const entity: fc.Arbitrary<Entity> = fc.record({
  type: fc.constantFrom('bold', 'italic', 'code', 'pre', 'text_link', 'url', 'mention', '__proto__'),
  offset: fc.integer({ min: -3, max: 40 }),
  length: fc.oneof(fc.integer({ min: -3, max: 60 }), fc.constant(Number.NaN)),
  url: fc.constantFrom(null, 'https://a.example', 'javascript:alert(1)', 'data:text/html,x', 'nonsense'),
});

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ maxLength: 40 }),
  fc.constant('see https://a.example/x).'),
);

test('no entities, however wrong, ever cost text, and links only go to the web', () => {
  fc.assert(
    fc.property(text, fc.array(entity, { maxLength: 8 }), (words, entities) => {
      const nodes = parseRichText(words, entities);
      assert.equal(textOf(nodes), words);
      for (const url of urlsOf(nodes)) assert.match(url, /^https?:\/\//);
    }),
  );
});

test('links in plain text give the text back and never stand inside each other', () => {
  fc.assert(
    fc.property(text, (words) => {
      assert.equal(
        findLinks(words)
          .map((part) => part.text)
          .join(''),
        words,
      );
    }),
  );
});

test('nested styles nest and offsets count UTF-16 code units', () => {
  const nodes = parseRichText('🚚 on its way', [
    { type: 'bold', offset: 3, length: 6 },
    { type: 'italic', offset: 6, length: 3 },
  ]);
  assert.deepEqual(nodes, [
    { kind: 'text', text: '🚚 ', start: 0 },
    {
      kind: 'styled',
      style: 'bold',
      start: 3,
      children: [
        { kind: 'text', text: 'on ', start: 3 },
        { kind: 'styled', style: 'italic', start: 6, children: [{ kind: 'text', text: 'its', start: 6 }] },
      ],
    },
    { kind: 'text', text: ' way', start: 9 },
  ]);
});

test('a text_link to anything but the web is plain text', () => {
  assert.deepEqual(parseRichText('click', [{ type: 'text_link', offset: 0, length: 5, url: 'javascript:alert(1)' }]), [
    { kind: 'text', text: 'click', start: 0 },
  ]);
});

test('a url entity without a scheme becomes https', () => {
  assert.deepEqual(urlsOf(parseRichText('nile.example', [{ type: 'url', offset: 0, length: 12 }])), [
    'https://nile.example/',
  ]);
});

test('code is not searched for links', () => {
  assert.deepEqual(urlsOf(parseRichText('https://a.example', [{ type: 'code', offset: 0, length: 17 }])), []);
});

test('punctuation around an address stays outside, brackets of its own stay inside', () => {
  assert.deepEqual(linksIn('(see https://a.example/x).'), ['https://a.example/x']);
  assert.deepEqual(linksIn('https://en.example/Coffee_(drink), yes'), ['https://en.example/Coffee_(drink)']);
  assert.deepEqual(linksIn('هنا https://a.example/قهوة؟'), ['https://a.example/قهوة']);
  assert.deepEqual(linksIn('https://a.example/\u202egnp.exe'), ['https://a.example/']);
  assert.deepEqual(linksIn('javascript:alert(1) ftp://a.example'), []);
});

test('only http and https are addresses', () => {
  assert.equal(webUrl('https://a.example/x'), 'https://a.example/x');
  for (const other of ['javascript:alert(1)', ' javascript:x', 'data:text/html,x', '//a.example', ''])
    assert.equal(webUrl(other), null);
});

function linksIn(words: string): string[] {
  return findLinks(words).flatMap((part) => (part.kind === 'link' ? [part.text] : []));
}

function textOf(nodes: TextNode[]): string {
  return nodes.map((node) => (node.kind === 'text' ? node.text : textOf(node.children))).join('');
}

function urlsOf(nodes: TextNode[]): string[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'text') return [];
    return [...(node.kind === 'link' ? [node.url] : []), ...urlsOf(node.children)];
  });
}

test('a number of several groups of digits is one, from the left; words and links around it stay as they are', () => {
  const nodes = parseRichText('رقمي +20 100 123 4567، أو 2026-11-22 و ٠١٠ ١٢٣٤ من 3 إلى https://example.com/1-2', null);
  const numbers = nodes.flatMap((node) => (node.kind === 'text' && node.number ? [node.text] : []));
  assert.deepEqual(numbers, ['+20 100 123 4567', '2026-11-22', '٠١٠ ١٢٣٤']);
  assert.deepEqual(parseRichText('at 7', null), [{ kind: 'text', text: 'at 7', start: 0 }]);
});

test('a price, a date and a time are each one number, with or without formatting around them', () => {
  const nodes = parseRichText('السعر 1,250.00 EGP يوم 22/11/2026 الساعة 10:30، أو ١٬٢٥٠٫٥٠، و 12, 15', null);
  const numbers = nodes.flatMap((node) => (node.kind === 'text' && node.number ? [node.text] : []));
  assert.deepEqual(numbers, ['1,250.00', '22/11/2026', '10:30', '١٬٢٥٠٫٥٠']);
  const [, link] = parseRichText('رقم 100 200', [
    { type: 'text_link', offset: 4, length: 7, url: 'https://a.example' },
  ]);
  assert.deepEqual(link?.kind === 'link' && link.children, [{ kind: 'text', text: '100 200', start: 4, number: true }]);
});
