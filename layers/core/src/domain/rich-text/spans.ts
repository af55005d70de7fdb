import type { Entity } from '../body.ts';

/** A stretch of a text; `end` is behind it. */
export interface Span {
  start: number;
  end: number;
}

/** Where an entity stands. */
export function spanOf({ offset, length }: Entity): Span {
  return { start: offset, end: offset + length };
}

/** Sorts entities by place, those that hold others before them. */
export function outerFirst(one: Entity, other: Entity): number {
  return one.offset - other.offset || other.length - one.length;
}

/** The span that a place lies within, edges apart. The spans lie in order and overlap nowhere. Takes logarithmic time. */
export function spanAround(spans: Span[], at: number): Span | undefined {
  const found = spans[firstEndingAfter(spans, at)];
  return found && found.start < at ? found : undefined;
}

/** By halving: the first that ends behind this place. */
export function firstEndingAfter(spans: Span[], at: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.end ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
