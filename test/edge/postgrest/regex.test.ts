import assert from 'node:assert/strict';
import test from 'node:test';
import { likeTest } from '@parley/core/edge/postgrest/like.ts';
import { regexTest } from '@parley/core/edge/postgrest/regex.ts';
import { fc } from '../../support/properties.ts';
import { processorMs } from '../../support/processor-time.ts';

function search(pattern: string, text: string, ignoreCase = false): boolean | string {
  const result = regexTest(pattern, ignoreCase);
  return result.ok ? result.value(text) : result.problem.message;
}

test('the syntax of Postgres regular expressions', () => {
  assert.equal(search('^ab$', 'ab'), true);
  assert.equal(search('^ab$', 'xab'), false);
  assert.equal(search('a.c', 'a\nc'), true);
  assert.equal(search('a{2,3}b', 'aab'), true);
  assert.equal(search('^a{2}b', 'aaab'), false);
  assert.equal(search('^a{2,}$', 'aaaa'), true);
  assert.equal(search('^a{0,1}$', 'aa'), false);
  assert.equal(search('[^a-c]', 'abc'), false);
  assert.equal(search('[]x-]+', ']'), true);
  assert.equal(search('[[:alpha:]]', '12ب'), true);
  assert.equal(search(String.raw`\d+\.\d`, 'v1.5'), true);
  assert.equal(search(String.raw`[\d,]+$`, '1,000'), true);
  assert.equal(search(String.raw`\mfoo\M`, 'a foo b'), true);
  assert.equal(search(String.raw`\mfoo\M`, 'afoob'), false);
  assert.equal(search(String.raw`^(\+?20)?1[0-9]{9}$`, '+201001234567'), true);
  assert.equal(search('(?:ab|cd)+?e', 'abcde'), true);
  assert.equal(search('STRASSE', 'Strasse', true), true);
  assert.equal(search('[A-Z]', 'a', true), true);
  assert.equal(search('^.$', '👋'), true);
  assert.equal(search('', ''), true);
});

test('what cannot be searched safely, or is not a pattern, is refused', () => {
  for (const pattern of ['(a+)+', '(a*)*b', '((a{2}){2}){2}', '(a|b+)*'])
    assert.match(`${search(pattern, '')}`, /inside/);
  for (const pattern of [String.raw`(a)\1`, '(?=a)', '(?i)a', 'a**', '*a', '^*', '[a', '[b-a]', '(a', 'a)', 'a{300}']) {
    assert.match(`${search(pattern, '')}`, /invalid regular expression/, pattern);
  }
  assert.match(`${search('(abcdefghij){255}', '')}`, /too large/);
  assert.match(`${search('a'.repeat(201), '')}`, /200/);
});

test('patterns that make a backtracking engine hang are searched in linear time', () => {
  const text = 'a'.repeat(20_000);
  const took = processorMs(() => {
    assert.equal(search('(a|a)*b', text), false);
    assert.equal(search('a*a*a*a*b', text), false);
    assert.equal(search('^(a?){20}a{20}$', 'a'.repeat(20)), true);
    assert.equal(likeTest(`${'%a'.repeat(20)}%b`, false)?.(text), false);
  });
  assert.ok(took < 3000, `${took} ms`);
});

const piece = fc.constantFrom(
  'a',
  'b',
  '.',
  '[ab]',
  '[^a]',
  'a*',
  'b+',
  'a?',
  'b{1,2}',
  '(ab)*',
  '(a|b)',
  '(a|ab)?',
  'a|b',
);

test('regular expressions agree with the language engine', () => {
  const pattern = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
  fc.assert(
    fc.property(pattern, text, fc.boolean(), (pattern, text, whole) => {
      const source = whole ? `^(${pattern})$` : pattern;
      assert.equal(search(source, text), new RegExp(source, 'us').test(text), `${source} on ${text}`);
    }),
  );
});

test('like patterns agree with their regular expression', () => {
  const pattern = fc.array(fc.constantFrom('a', 'b', '%', '_', '*'), { maxLength: 7 }).map((parts) => parts.join(''));
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '%'), maxLength: 8 });
  fc.assert(
    fc.property(pattern, text, (pattern, text) => {
      const source = `^${pattern.replaceAll(/[%*]/g, '.*').replaceAll('_', '.')}$`;
      assert.equal(likeTest(pattern, false)?.(text), new RegExp(source, 'us').test(text), `${pattern} on ${text}`);
    }),
  );
});

test('any text is a pattern or a refusal', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string(),
      (pattern, text) => void search(pattern, text),
    ),
  );
  const symbols = fc.string({ unit: fc.constantFrom(...Array.from('()[]{}*+?|\\^$.:,-09azd')), maxLength: 20 });
  fc.assert(fc.property(symbols, symbols, (pattern, text) => void search(pattern, text, true)));
});
