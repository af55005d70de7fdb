import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../../support/properties.ts';
import { markdownParts } from '../../../bench/hostile-texts.ts';
import type { Entity } from '@parley/core/domain/body.ts';
import { normaliseEntities } from '@parley/core/domain/rich-text/normalise.ts';
import { parseMarkdown } from '@parley/core/domain/rich-text/parse-markdown.ts';
import { assertNormal } from './normal.ts';
import { processorMs } from '../../support/processor-time.ts';
import { readHostile } from './hostile.ts';

/** As `text` with each formatted stretch in brackets behind its kind. */
function drawn(markdown: string): string {
  const { text, entities } = parseMarkdown(markdown);
  const marks = entities.flatMap(({ type, offset, length, url, language }, index) => [
    { at: offset, order: index + 1, mark: `${type}${url ? `=${url}` : ''}${language ? `=${language}` : ''}[` },
    { at: offset + length, order: -index - 1, mark: ']' },
  ]);
  let from = 0;
  const parts = marks
    .toSorted((one, other) => one.at - other.at || one.order - other.order)
    .flatMap(({ at, mark }) => {
      const before = text.slice(from, at);
      from = at;
      return [before, mark];
    });
  return parts.join('') + text.slice(from);
}

const read: [markdown: string, drawn: string][] = [
  ['**b** and __u__', 'bold[b] and underline[u]'],
  ['*i* or _i_', 'italic[i] or italic[i]'],
  ['~~s~~ ||p||', 'strikethrough[s] spoiler[p]'],
  ['`a*b*` c', 'code[a*b*] c'],
  ['```js\nlet a;\nlet b;\n```\nc', 'pre=js[let a;\nlet b;]\nc'],
  ['see ```x *y*``` z', 'see pre[x *y*] z'],
  ['> q **b**\n> more\nend', 'blockquote[q bold[b]\nmore]\nend'],
  ['[here](https://a.example/x_(y)_z) now', 'text_link=https://a.example/x_(y)_z[here] now'],
  ['[**all** of it](mailto:a@a.example)', 'text_link=mailto:a@a.example[bold[all] of it]'],
  ['**see [this](https://a.example) now**', 'bold[see text_link=https://a.example[this] now]'],
  ['***both***', 'bold[italic[both]]'],
  ['***b** i*', 'italic[bold[b] i]'],
  ['***i* b**', 'bold[italic[i] b]'],
  ['**a `c` b**', 'bold[a] code[c] bold[b]'],
  ['**one\ntwo**', 'bold[one\ntwo]'],
  ['*«مَرْحَبًا»* _👨‍👩‍👧_', 'italic[«مَرْحَبًا»] italic[👨‍👩‍👧]'],
  ['❤️**b**', '❤️bold[b]'],
  ['https://a.example/_x_ **https://b.example/_y**.', 'https://a.example/_x_ bold[https://b.example/_y].'],
  [String.raw`\*no\* \> \[x](y) \q`, String.raw`*no* > [x](y) \q`],
  [String.raw`\**b*`, '*italic[b]'],
];

for (const [markdown, expected] of read) {
  test(`reads ${JSON.stringify(markdown)}`, () => assert.equal(drawn(markdown), expected));
}

const untouched = [
  '2*3*4',
  'snake_case_name and __init',
  '5 * 3 * 2',
  '** not bold **',
  '*open',
  'close*',
  '****',
  '||||',
  '``',
  '```',
  '`a\nb`',
  '# 1',
  '- item',
  '5) x',
  '  two spaces',
  'a | b ~ c',
  '**one\n\ntwo**',
  '>none',
  '[x](javascript:alert(1))',
  '[x](/local)',
  '[](https://a.example)',
  'a@b.example',
  'كلمة*كلمة*',
];

for (const text of untouched) {
  test(`leaves ${JSON.stringify(text)} as it is`, () => assert.deepEqual(parseMarkdown(text), { text, entities: [] }));
}

const sign = fc.constantFrom(
  '**',
  '*',
  '_',
  '__',
  '~~',
  '||',
  '`',
  '```',
  '> ',
  '[',
  '](https://a.example)',
  '\\',
  '\n',
  ' ',
  'a',
  'ش',
  '👨‍👩‍👧',
  'e\u0301',
  'https://a.example/',
);
const messy = fc.array(sign, { maxLength: 30 }).map((signs) => signs.join(''));

test('whatever is read is formatted as every channel can take it, and no word is lost', () => {
  fc.assert(
    fc.property(fc.oneof(messy, fc.string({ unit: 'binary' })), (markdown) => {
      const { text, entities } = parseMarkdown(markdown);
      assertNormal(text, entities);
      // an address and the language of code are no words of the text
      if (!/\]\(|```/.test(markdown)) assert.equal(wordsOf(text), wordsOf(markdown));
    }),
    { numRuns: 3000 },
  );
});

function wordsOf(text: string): string {
  return text.replaceAll(/[^\p{L}\p{M}\p{Extended_Pictographic}]/gu, '');
}

test('a text with every sign escaped is read as it is', () => {
  fc.assert(
    fc.property(fc.oneof(messy, fc.string({ unit: 'grapheme' })), (text) => {
      const escaped = text.replaceAll(/[\\*_~|`[\]()>]/g, String.raw`\$&`).replaceAll('https', 'h\u200bttps');
      assert.deepEqual(parseMarkdown(escaped), { text: text.replaceAll('https', 'h\u200bttps'), entities: [] });
    }),
  );
});

test('200 KB of anything is read at once', () => {
  readHostile(markdownParts, parseMarkdown);
});

test('entities in any number and order are put right in proportion to their number', () => {
  const text = 'aé '.repeat(20_000);
  const timed = (count: number): number =>
    processorMs(() => assertNormal(text, normaliseEntities(text, scattered(count))));
  timed(2000);
  assert.ok(timed(20_000) < 30 * Math.max(timed(2000), 5));
});

function scattered(count: number): Entity[] {
  return Array.from({ length: count }, (_, index) => ({
    type: (['bold', 'italic', 'code', 'blockquote', 'underline'] as const)[index % 5] ?? 'bold',
    offset: (index * 7919) % 60_000,
    length: 1 + (index % 40),
  }));
}
