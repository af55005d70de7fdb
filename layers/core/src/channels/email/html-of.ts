import type { Entity, RichText } from '../../domain/body.ts';

const tags: { [type in Entity['type']]?: string } = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
};

/** A text as HTML that reads in its own direction, right to left or left to right, paragraph by paragraph. */
export function htmlOf({ text, entities = [] }: RichText): string {
  const spans = nested(entities, text.length);
  const edges = [
    ...new Set([0, text.length, ...spans.flatMap(({ offset, length }) => [offset, offset + length])]),
  ].toSorted((a, b) => a - b);
  const open: Entity[] = [];
  let html = '';
  for (const [index, at] of edges.entries()) {
    while (open.some(({ offset, length }) => offset + length === at)) html += closing(open.pop());
    for (const span of spans.filter(({ offset }) => offset === at)) {
      html += opening(span);
      open.push(span);
    }
    html += escaped(text.slice(at, edges[index + 1] ?? at)).replaceAll('\n', '<br>\n');
  }
  return `<div dir="auto" style="white-space:normal">${html}</div>`;
}

/** Longest first where they begin together; what would end inside another is left out. */
function nested(entities: Entity[], end: number): Entity[] {
  const sorted = entities
    .filter((each) => isMarkup(each) && each.length > 0 && each.offset >= 0 && each.offset + each.length <= end)
    .toSorted((a, b) => a.offset - b.offset || b.length - a.length);
  const kept: Entity[] = [];
  for (const each of sorted) {
    const crosses = kept.some(
      ({ offset, length }) =>
        each.offset > offset && each.offset < offset + length && each.offset + each.length > offset + length,
    );
    if (!crosses) kept.push(each);
  }
  return kept;
}

function isMarkup({ type, url }: Entity): boolean {
  return tags[type] !== undefined || (type === 'text_link' && /^(?:https?:|mailto:|tel:)/i.test(url ?? ''));
}

function opening({ type, url }: Entity): string {
  return type === 'text_link' ? `<a href="${escaped(url ?? '')}">` : `<${tags[type] ?? 'span'}>`;
}

function closing(entity: Entity | undefined): string {
  if (!entity) return '';
  return entity.type === 'text_link' ? '</a>' : `</${tags[entity.type] ?? 'span'}>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
