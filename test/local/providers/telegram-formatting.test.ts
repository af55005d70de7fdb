import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../../support/properties.ts';
import type { Parsed } from '../../../local/src/providers/telegram/entities.ts';
import { parseHtml } from '../../../local/src/providers/telegram/html.ts';
import { parseMarkdown, parseMarkdownV2 } from '../../../local/src/providers/telegram/markdown.ts';

function summary(parsed: Parsed): string {
  if (!parsed.ok) return parsed.reason;
  const spans = parsed.entities.map(
    ({ type, offset, length, url, language }) => `${type}@${offset}+${length}${url ?? language ?? ''}`,
  );
  return [parsed.text, ...spans].join(' | ');
}

test('HTML becomes text and entities', () => {
  const cases: [source: string, expected: string][] = [
    ['a <b>b <i>c</i></b>', 'a b c | bold@2+3 | italic@4+1'],
    ['<a href="https://example.com/?a=1&amp;b">x</a>', 'x | text_link@0+1https://example.com/?a=1&b'],
    ['<pre><code class="language-ts">x</code></pre>', 'x | pre@0+1ts'],
    ['&lt;b&gt; &#1587;&#x633; &unknown;', '<b> سس &unknown;'],
    ['<span class="tg-spoiler">x</span>', 'x | spoiler@0+1'],
    ['<blockquote expandable>x</blockquote>', 'x | expandable_blockquote@0+1'],
    ['é<div>', 'Unsupported start tag "div" at byte offset 2'],
    ['</b>', 'Unexpected end tag at byte offset 0'],
    ['<b><i>x</b></i>', 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'],
    ['1 < 2', 'Unclosed start tag at byte offset 2'],
  ];
  for (const [source, expected] of cases) assert.equal(summary(parseHtml(source)), expected);
});

test('MarkdownV2 becomes text and entities', () => {
  const cases: [source: string, expected: string][] = [
    ['*b _i_* __u__ ~s~ ||p||', 'b i u s p | bold@0+3 | italic@2+1 | underline@4+1 | strikethrough@6+1 | spoiler@8+1'],
    ['1\\.5 \\*x\\*', '1.5 *x*'],
    ['`a.b*c` ```ts\nlet x = 1;```', 'a.b*c let x = 1; | code@0+5 | pre@6+10ts'],
    ['[t](https://example.com/\\)x)', 't | text_link@0+1https://example.com/)x'],
    ['>q1\n>q2\nrest', 'q1\nq2\nrest | blockquote@0+5'],
    ['a!', "Character '!' is reserved and must be escaped with the preceding '\\'"],
    ['*a', "Can't find end of Bold entity at byte offset 0"],
    ['[t] x', "Can't find end of a URL at byte offset 2"],
  ];
  for (const [source, expected] of cases) assert.equal(summary(parseMarkdownV2(source)), expected);
});

test('the old Markdown leaves punctuation alone', () => {
  assert.equal(
    summary(parseMarkdown('*b* 1.5! [t](https://example.com) \\_x')),
    'b 1.5! t _x | bold@0+1 | text_link@7+1https://example.com',
  );
});

test('any text is parsed or refused, and entities stay inside it', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom('<b>', '</b>', '*', '_', '__', '||', '`', '```', '[', '](', ')', '\\', '\n', '>', '&lt;', '😀'),
      fc.string(),
    ),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(pieces, fc.constantFrom(parseHtml, parseMarkdown, parseMarkdownV2), (list, parse) => {
      const parsed = parse(list.join(''));
      if (!parsed.ok) return assert.ok(parsed.reason.length > 0);
      for (const { offset, length } of parsed.entities)
        assert.ok(offset >= 0 && length > 0 && offset + length <= parsed.text.length);
    }),
    { numRuns: 500 },
  );
});
