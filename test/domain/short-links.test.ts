import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import type { Body, Entity, RichText } from '@parley/core/domain/body.ts';
import { findLinks } from '@parley/core/domain/find-links.ts';
import { codeIn, isLinkCode, newLinkCode } from '@parley/core/domain/link-code.ts';
import { isPerson } from '@parley/core/domain/link-visitor.ts';
import { shortenLinks } from '@parley/core/domain/short-links.ts';

const base = 'https://go.example';
const long = `https://shop.example/${'offer/'.repeat(8)}`;
const short = /https:\/\/go\.example\/l\/[2-9A-HJ-NP-Za-km-z]{10}/;

function linksIn(text: string): string[] {
  return findLinks(text).map(({ start, end }) => text.slice(start, end));
}

function shortened(text: string, entities?: Entity[]): RichText & { links: { code: string; url: string }[] } {
  const { body, links } = shortenLinks({ type: 'text', text, ...(entities && { entities }) }, base);
  assert.ok(body.type === 'text');
  const { type: _, ...words } = body;
  return { ...words, links };
}

test('punctuation around a link is not part of it', () => {
  for (const [text, link] of [
    ['See https://a.example/x.', 'https://a.example/x'],
    ['See https://a.example/x, then', 'https://a.example/x'],
    ['(https://a.example/x)', 'https://a.example/x'],
    ['https://a.example/x_(y)', 'https://a.example/x_(y)'],
    ['(see https://a.example/x_(y))', 'https://a.example/x_(y)'],
    ['<https://a.example/x>', 'https://a.example/x'],
    ['“https://a.example/x”', 'https://a.example/x'],
    ['*https://a.example/x*', 'https://a.example/x'],
    ['https://a.example/x?!', 'https://a.example/x'],
    ['https://a.example/?q=1&r=%20#top', 'https://a.example/?q=1&r=%20#top'],
    ['https://a.example/x؟', 'https://a.example/x'],
    ['https://a.example/x، ثم', 'https://a.example/x'],
    ['زوروا https://a.example/x؛ اليوم', 'https://a.example/x'],
    ['«https://a.example/x»', 'https://a.example/x'],
    ['\u2067https://a.example/x\u2069', 'https://a.example/x'],
    ['https://a.example/x\u200f.', 'https://a.example/x'],
    ['https://ar.wikipedia.org/wiki/مصر.', 'https://ar.wikipedia.org/wiki/مصر'],
    ['HTTPS://A.EXAMPLE/X', 'HTTPS://A.EXAMPLE/X'],
  ] as const)
    assert.deepEqual(linksIn(text), [link], text);
});

test('what is no web address is left', () => {
  const none = [
    'http://',
    'https:// x',
    'ftp://a.example',
    'a.example/x',
    'javascript:alert(1)',
    'https://me:pw@a.example',
  ];
  for (const text of none) assert.deepEqual(linksIn(text), [], text);
});

test('a link in Arabic words becomes a short one, and everything else stays', () => {
  const { text, links } = shortened(`مرحبا، العرض هنا: ${long}؟ شكرا`);
  assert.match(text, /^مرحبا، العرض هنا: https:\/\/go\.example\/l\/\w{10}؟ شكرا$/);
  assert.deepEqual(
    links.map(({ url }) => url),
    [long],
  );
});

test('each address has one code in a message, and another in the next', () => {
  const one = shortened(`${long} ${long} ${long}b`);
  assert.equal(one.links.length, 2);
  const [first, second, third] = one.text.split(' ');
  assert.equal(first, second);
  assert.notEqual(first, third);
  assert.notEqual(shortened(long).text, shortened(long).text);
});

test('what is as short already, or ours, or code, stays', () => {
  const mark: Entity = { type: 'code', offset: 0, length: long.length };
  for (const text of ['https://t.example/abc', `${base}/l/abcdefghjk?${'x'.repeat(60)}`, 'no links'])
    assert.deepEqual(shortened(text), { text, links: [] });
  assert.deepEqual(shortened(long, [mark]), { text: long, entities: [mark], links: [] });
  const asLong = 'https://shop.example/'.padEnd(`${base}/l/`.length + 10, 'x');
  assert.deepEqual([shortened(asLong).links.length, shortened(`${asLong}x`).links.length], [0, 1]);
  assert.equal(shortened(`at ${long}`, [{ type: 'code', offset: 0, length: 3 }]).links.length, 1, 'behind code');
});

test('buttons, cards, captions, template values and addresses behind words are shortened too', () => {
  const card = { text: `Look ${long}1`, link: { title: 'Open', url: `${long}2` } };
  const bodies: Body[] = [
    { type: 'interactive', text: 'x', interactive: { kind: 'link_button', link: { title: 'Open', url: long } } },
    { type: 'interactive', text: 'x', interactive: { kind: 'carousel', cards: [card] } },
    { type: 'image', media: { status: 'ready', link: long }, text: long },
    { type: 'template', template: { name: 'a', language: 'ar', parameters: ['x', long] } },
    { type: 'template', template: { name: 'a', language: 'ar', parameters: { link: long } } },
    { type: 'text', text: 'here', entities: [{ type: 'text_link', offset: 0, length: 4, url: long }] },
  ];
  for (const body of bodies) {
    const { body: after, links } = shortenLinks(body, base);
    assert.match(JSON.stringify(after), short, body.type);
    assert.equal(links.length, body.type === 'interactive' && body.interactive.kind === 'carousel' ? 2 : 1);
    // the picture itself is not a link to follow
    if (after.type === 'image') assert.equal(after.media.link, long);
  }
  const reaction: Body = { type: 'reaction', emoji: null, target: long };
  assert.deepEqual(shortenLinks(reaction, base).body, reaction);
});

test('formatting stays on its words, wherever the links are', () => {
  const piece = fc.constantFrom('word ', 'كلمة ', `${long} `, `${long}x؟ `, '\u{1f600} ', 'https://t.example/a ');
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), fc.nat(), fc.nat(), (pieces, from, to) => {
      const start = from % pieces.length;
      const end = start + (to % (pieces.length - start)) + 1;
      const at = (index: number) => pieces.slice(0, index).join('').length;
      const entity: Entity = { type: 'bold', offset: at(start), length: at(end) - at(start) };
      const { text, entities, links } = shortened(pieces.join(''), [entity]);
      const [bold] = entities ?? [];
      const restored = links
        .toSorted((a, b) => b.url.length - a.url.length)
        .reduce(
          (words, { code, url }) => words.replaceAll(`${base}/l/${code}`, url),
          text.slice(bold?.offset, (bold?.offset ?? 0) + (bold?.length ?? 0)),
        );
      assert.equal(restored, pieces.slice(start, end).join(''));
    }),
  );
});

test('codes are random, and too many to try', () => {
  const codes = Array.from({ length: 20_000 }, newLinkCode);
  assert.equal(new Set(codes).size, codes.length);
  assert.ok(codes.every(isLinkCode));
  for (const code of ['', 'abc', '../../etc', 'abcdefghjk1', 'abcdefghj0', 'ABCDEFGHIJ'])
    assert.ok(!isLinkCode(code), code);
  const alphabet = 57;
  const shortest = Math.min(...codes.map(({ length }) => length));
  assert.ok(shortest * Math.log2(alphabet) > 58, 'bits');
  // every sign is as frequent at every place: within six standard deviations
  for (let place = 0; place < 10; place++) {
    const counts = Map.groupBy(codes, (code) => code[place]);
    assert.equal(counts.size, alphabet);
    for (const [sign, { length }] of counts) {
      const expected = codes.length / alphabet;
      assert.ok(Math.abs(length - expected) < 6 * Math.sqrt(expected), `${sign} ${length}`);
    }
  }
});

test('what a phone takes for the end of a link does not hide its code', () => {
  const code = newLinkCode();
  for (const tail of ['', '.', ')', '،', '،وشكرا', 'وشكرا', '_', '*', '\u200f', '%'])
    assert.equal(codeIn(code + tail), code, tail);
  for (const path of [`${code}a`, `${code}0`, code.slice(1), `.${code}`, '', '%2F%2Fevil.example'])
    assert.equal(codeIn(path), undefined, path);
});

test('programs that look at a link are no persons', () => {
  const chrome = 'Mozilla/5.0 (Linux; Android 14; CUBOT NOTE 50) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36';
  assert.ok(isPerson('GET', { 'user-agent': chrome }));
  assert.ok(!isPerson('HEAD', { 'user-agent': chrome }));
  assert.ok(!isPerson('GET', {}));
  assert.ok(!isPerson('GET', { 'user-agent': chrome, 'sec-purpose': 'prefetch;prerender' }));
  for (const agent of [
    'WhatsApp/2.23.20.0',
    'TelegramBot (like TwitterBot)',
    'facebookexternalhit/1.1',
    'Slackbot-LinkExpanding 1.0',
    'Mozilla/5.0 (compatible; TikTokSpider; ttspider-feedback@tiktok.com)',
    'Mozilla/5.0 (compatible; Bytespider)',
    'Snap URL Preview Service; bot; snapchat; https://developers.snap.com/robots',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/534+ (KHTML, like Gecko) MicrosoftPreview/2.0',
  ])
    assert.ok(!isPerson('GET', { 'user-agent': agent }), agent);
  assert.ok(!isPerson('GET', { 'user-agent': chrome, 'x-purpose': 'preview' }));
});
