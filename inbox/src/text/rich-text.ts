import type { Entity } from '../api/message-parts.ts';
import { findLinks, webUrl } from './links.ts';
import { numbersApart } from './numbers.ts';

const styles = ['bold', 'italic', 'underline', 'strikethrough', 'spoiler', 'blockquote', 'code', 'pre'] as const;
export type TextStyle = (typeof styles)[number];

/** Formatted text as a tree. `start` is where the node begins in the text, which tells siblings apart. */
export type TextNode =
  /** `number`: of several groups of digits, which are read from the left in any language */
  | { kind: 'text'; text: string; start: number; number?: true }
  | { kind: 'styled'; style: TextStyle; start: number; children: TextNode[] }
  | { kind: 'link'; url: string; start: number; children: TextNode[] };

interface Span {
  start: number;
  end: number;
}

type Mark = Span & ({ style: TextStyle } | { url: string });

/** Telegram allows no more on one message; the rest of a longer list is left unformatted. */
const mostEntities = 100;

/** The tree of a text and its entities. Wrong, foreign and overlapping entities cost formatting, never text; other addresses become links. */
export function parseRichText(text: string, entities: readonly Entity[] | null): TextNode[] {
  const marks = (entities ?? []).slice(0, mostEntities).flatMap((entity) => markOf(text, entity));
  marks.sort((a, b) => a.start - b.start || b.end - a.end);
  return build(text, { start: 0, end: text.length }, marks, true);
}

/** `marks` are sorted and lie inside `span`. `links` is false where links make no sense: inside another link, or in code. */
function build(text: string, span: Span, marks: Mark[], links: boolean): TextNode[] {
  const nodes: TextNode[] = [];
  let at = span.start;
  let rest = marks;
  for (let mark = rest[0]; mark; mark = rest[0]) {
    const { end } = mark;
    const inside = rest.slice(1).filter((other) => other.start < end);
    rest = rest.slice(1 + inside.length);
    nodes.push(...plain(text, { start: at, end: mark.start }, links), ...wrap(text, mark, clip(inside, end), links));
    at = end;
  }
  nodes.push(...plain(text, { start: at, end: span.end }, links));
  return nodes;
}

function wrap(text: string, mark: Mark, inside: Mark[], links: boolean): TextNode[] {
  if (!('url' in mark)) {
    const children = build(text, mark, inside, links && mark.style !== 'code' && mark.style !== 'pre');
    return [{ kind: 'styled', style: mark.style, start: mark.start, children }];
  }
  const children = build(text, mark, inside, false);
  return links ? [{ kind: 'link', url: mark.url, start: mark.start, children }] : children;
}

function plain(text: string, { start, end }: Span, links: boolean): TextNode[] {
  if (start >= end) return [];
  const slice = text.slice(start, end);
  if (!links) return wordsAndNumbers(slice, start);
  return findLinks(slice, start).flatMap((part): TextNode[] =>
    part.kind === 'text'
      ? wordsAndNumbers(part.text, part.start)
      : [
          {
            kind: 'link',
            url: part.url,
            start: part.start,
            children: [{ kind: 'text', text: part.text, start: part.start }],
          },
        ],
  );
}

function wordsAndNumbers(text: string, base: number): TextNode[] {
  return numbersApart(text).map(({ isNumber, start, ...part }) => ({
    kind: 'text',
    text: part.text,
    start: base + start,
    ...(isNumber ? { number: true } : {}),
  }));
}

/** A mark that sticks out of the one around it ends with it. */
function clip(marks: Mark[], end: number): Mark[] {
  return marks.map((mark) => (mark.end > end ? { ...mark, end } : mark));
}

function markOf(text: string, { type, offset, length, url }: Entity): Mark[] {
  if (!Number.isInteger(offset) || !Number.isInteger(length) || offset < 0 || length <= 0) return [];
  const span = { start: offset, end: Math.min(offset + length, text.length) };
  if (span.start >= span.end) return [];
  const style = styles.find((known) => known === type);
  if (style) return [{ ...span, style }];
  const target = linkTarget(type, text.slice(span.start, span.end), url ?? null);
  return target === null ? [] : [{ ...span, url: target }];
}

/** A `url` entity may lie on an address without a scheme. */
function linkTarget(type: string, text: string, url: string | null): string | null {
  if (type === 'text_link') return /^(?:mailto|tel):\S+$/i.test(url ?? '') ? url : webUrl(url ?? '');
  if (type === 'url') return webUrl(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`);
  return null;
}
