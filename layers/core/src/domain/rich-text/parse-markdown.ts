import type { Entity, RichText } from '../body.ts';
import { compact } from '../compact.ts';
import { scanMarkdown } from './markdown-scan.ts';
import type { Found } from './markdown-scan.ts';
import { normaliseEntities } from './normalise.ts';
import type { Span } from './spans.ts';

/**
 * Reads the Markdown of chats: `**bold**`, `*italic*` or `_italic_`, `__underline__`, `~~strike~~`, `||spoiler||`, code in one
 * backtick or fenced by three, `[words](address)`, `> quote`, and `\` before a sign that is meant as such. It is not
 * CommonMark: there are no headings and no lists, so that `# 1` and `2*3*4` stay what they are. What does not pair stays as it is
 * written. Takes time in proportion to the text.
 */
export function parseMarkdown(markdown: string): Required<RichText> {
  const { found, cuts } = scanMarkdown(markdown);
  const text = without(markdown, cuts);
  const gone = goneBefore(markdown.length, cuts);
  const entities = found.map((each) => entityOf(each, (at) => at - (gone[at] ?? 0)));
  return { text, entities: normaliseEntities(text, entities) };
}

function without(text: string, cuts: Span[]): string {
  const kept: string[] = [];
  let from = 0;
  for (const { start, end } of cuts) {
    kept.push(text.slice(from, start));
    from = end;
  }
  return kept.join('') + text.slice(from);
}

/** For each place, how many signs before it are cut. */
function goneBefore(length: number, cuts: Span[]): Uint32Array {
  const gone = new Uint32Array(length + 1);
  for (const { start, end } of cuts) gone.fill(1, start + 1, end + 1);
  for (let at = 1; at <= length; at += 1) gone[at] = (gone[at] ?? 0) + (gone[at - 1] ?? 0);
  return gone;
}

function entityOf({ type, start, end, url, language }: Found, placeOf: (at: number) => number): Entity {
  const offset = placeOf(start);
  return { type, offset, length: placeOf(end) - offset, ...compact({ url, language }) };
}
