import type { Entity } from '../api/message-parts.ts';
import { withoutSpaces, type MarkedStyle, type Selected } from './marks.ts';

/** The formatting of a text that was typed into: what stands where it stood keeps it, and what is typed within takes it on. */
export function carryEntities(before: string, entities: readonly Entity[], after: string): Entity[] {
  const { start, end, shift } = changeOf(before, after);
  return entities.flatMap((entity) => {
    const [from, to] = [entity.offset, entity.offset + entity.length];
    const newFrom = from >= end ? from + shift : from > start ? end + shift : from;
    const newTo = to <= start ? to : to >= end ? to + shift : start;
    return newTo > newFrom ? [{ ...entity, offset: newFrom, length: newTo - newFrom }] : [];
  });
}

/** Formats what is selected, or takes the style away where all of it has it. */
export function toggleStyle(entities: readonly Entity[], selected: Selected, style: MarkedStyle): Entity[] {
  const { start, end } = withoutSpaces(selected);
  if (start === end) return [...entities];
  const others = entities.filter(({ type }) => type !== style);
  const own = entities.filter(({ type }) => type === style).map(({ offset, length }) => [offset, offset + length]);
  const around = own.find(([from = 0, to = 0]) => from <= start && to >= end);
  const spans = around
    ? own.flatMap((span) => (span === around ? less(span, start, end) : [span]))
    : join(own, start, end);
  return [...others, ...spans.map(([from = 0, to = 0]) => ({ type: style, offset: from, length: to - from }))];
}

/** The stretch of the text that is another one now, and how much longer that is. */
function changeOf(before: string, after: string): { start: number; end: number; shift: number } {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let same = 0;
  while (same < most - start && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  return { start, end: before.length - same, shift: after.length - before.length };
}

function less([from = 0, to = 0]: number[], start: number, end: number): number[][] {
  return [
    [from, start],
    [end, to],
  ].filter(([first = 0, last = 0]) => last > first);
}

/** One span in the place of all that it meets. */
function join(spans: number[][], start: number, end: number): number[][] {
  const met = spans.filter(([from = 0, to = 0]) => from <= end && to >= start);
  const rest = spans.filter((span) => !met.includes(span));
  return [...rest, [Math.min(start, ...met.map(([from = 0]) => from)), Math.max(end, ...met.map(([, to = 0]) => to))]];
}
