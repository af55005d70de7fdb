import type { Entity, EntityType } from '../body.ts';
import { graphemeStarts } from './graphemes.ts';
import { firstEndingAfter, outerFirst, spanAround, spanOf } from './spans.ts';
import type { Span } from './spans.ts';

/** What is laid over anything but code; in this order, outer first. */
const STYLES: EntityType[] = ['bold', 'italic', 'underline', 'strikethrough', 'spoiler'];
const TRIMMED = new Set<EntityType>([...STYLES, 'text_link']);

/**
 * The entities as every channel can take them: inside the text, on whole characters as people see them, none empty. Two
 * overlap only when one lies within the other; nothing lies within code, and quotes and links hold none of their own kind.
 * In the order of their places, outer first.
 */
export function normaliseEntities(text: string, entities: Entity[] | undefined): Entity[] {
  if (!entities || entities.length === 0) return [];
  const inside = snapped(text, entities);
  const quoted = unite(inside.filter(({ type }) => type === 'blockquote'));
  const solid = apart(
    inside.filter(({ type }) => type !== 'blockquote' && !STYLES.includes(type)),
    quoted,
  );
  const solidSpans = solid.map(spanOf);
  const quotes = quoted.filter((quote) => !liesIn(solidSpans, quote));
  const layers = [quotes, solidSpans];
  const code = solid.filter(({ type }) => type === 'code' || type === 'pre').map(spanOf);
  const found = [...quotes.map((span) => entityOf('blockquote', span)), ...solid];
  for (const type of STYLES) {
    const laid = layStyle(
      text,
      inside.filter((entity) => entity.type === type),
      code,
      layers,
    );
    layers.push(laid);
    found.push(...laid.map((span) => entityOf(type, span)));
  }
  return found.toSorted(outerFirst);
}

function entityOf(type: EntityType, { start, end }: Span): Entity {
  return { type, offset: start, length: end - start };
}

function snapped(text: string, entities: Entity[]): Entity[] {
  const isStart = graphemeStarts(text);
  return entities.flatMap((entity) => {
    const span = snap(text, spanOf(entity), isStart);
    const { start, end } = TRIMMED.has(entity.type) ? trim(text, span) : span;
    return end > start && (entity.type !== 'text_link' || entity.url !== undefined)
      ? [{ ...entity, offset: start, length: end - start }]
      : [];
  });
}

/** Within the text; a character that is cut belongs wholly to it. Numbers that are none leave nothing. */
function snap(text: string, { start, end }: Span, isStart: (at: number) => boolean): Span {
  let from = Math.max(0, Math.trunc(start));
  let to = Math.min(text.length, Math.trunc(end));
  if (!(from < to)) return { start: 0, end: 0 };
  while (!isStart(from)) from -= 1;
  while (to < text.length && !isStart(to)) to += 1;
  return { start: from, end: to };
}

function trim(text: string, { start, end }: Span): Span {
  let from = start;
  let to = end;
  while (from < to && /\s/.test(text[from] ?? '')) from += 1;
  while (from < to && /\s/.test(text[to - 1] ?? '')) to -= 1;
  return { start: from, end: to };
}

/** Spans that overlap or touch become one. */
function unite(entities: Entity[]): Span[] {
  const spans: Span[] = [];
  for (const entity of entities.toSorted(outerFirst)) {
    const span = spanOf(entity);
    const last = spans.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else spans.push(span);
  }
  return spans;
}

/** The first of those that overlap; none that lies partly in a quote. */
function apart(entities: Entity[], quotes: Span[]): Entity[] {
  const kept: Entity[] = [];
  let end = 0;
  for (const entity of entities.toSorted(outerFirst)) {
    if (entity.offset < end || cutsOf(spanOf(entity), [quotes]).length > 0) continue;
    kept.push(entity);
    end = entity.offset + entity.length;
  }
  return kept;
}

/** In one of these spans, and smaller than it. */
function liesIn(spans: Span[], { start, end }: Span): boolean {
  const around = spans[firstEndingAfter(spans, end - 1)];
  return around !== undefined && around.start <= start && around.end - around.start > end - start;
}

/** One kind of formatting, in pieces where it would cross what is laid already or run through code. */
function layStyle(text: string, entities: Entity[], code: Span[], layers: Span[][]): Span[] {
  return unite(entities)
    .flatMap((span) => without(span, code))
    .flatMap((span) => pieces(text, span, layers));
}

/** Trimmed first, because a span without its spaces may cross what it held with them; each piece is looked at anew. */
function pieces(text: string, span: Span, layers: Span[][]): Span[] {
  const trimmed = trim(text, span);
  if (trimmed.end <= trimmed.start) return [];
  const cuts = cutsOf(trimmed, layers);
  return cuts.length === 0 ? [trimmed] : cutAt(trimmed, cuts).flatMap((piece) => pieces(text, piece, layers));
}

function without({ start, end }: Span, holes: Span[]): Span[] {
  const spans: Span[] = [];
  let from = start;
  for (let index = firstEndingAfter(holes, start); ; index += 1) {
    const hole = holes[index];
    if (!hole || hole.start >= end) break;
    if (hole.start > from) spans.push({ start: from, end: hole.start });
    from = hole.end;
  }
  return from < end ? [...spans, { start: from, end }] : spans;
}

/** Where this span would cross a span of these layers, within each of which none overlaps another. */
function cutsOf({ start, end }: Span, layers: Span[][]): number[] {
  return layers.flatMap((layer) => {
    const leaving = spanAround(layer, start)?.end ?? end;
    const entering = spanAround(layer, end)?.start ?? start;
    return [...(leaving < end ? [leaving] : []), ...(entering > start ? [entering] : [])];
  });
}

function cutAt({ start, end }: Span, cuts: number[]): Span[] {
  const edges = [start, ...new Set(cuts.toSorted((one, other) => one - other)), end];
  return edges.slice(1).map((edge, index) => ({ start: edges[index] ?? start, end: edge }));
}
