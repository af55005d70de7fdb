import type { Entity, RichText } from '../body.ts';
import type { Span } from './spans.ts';

/** A stretch of a text and what takes its place. */
export interface Exchange extends Span {
  text: string;
}

/** A text with stretches of it exchanged, which lie in order and overlap nowhere. Formatting moves with its words. */
export function exchange({ text, entities }: RichText, exchanges: Exchange[]): RichText {
  const words = exchanged(text, exchanges);
  return entities ? { text: words, entities: entities.map((entity) => moved(entity, exchanges)) } : { text: words };
}

function exchanged(text: string, exchanges: Exchange[]): string {
  const pieces = exchanges.map(({ start, text: instead }, index) => {
    return text.slice(exchanges[index - 1]?.end ?? 0, start) + instead;
  });
  return pieces.join('') + text.slice(exchanges.at(-1)?.end ?? 0);
}

function moved(entity: Entity, exchanges: Exchange[]): Entity {
  const offset = placeAfter(entity.offset, exchanges, 'start');
  const end = placeAfter(entity.offset + entity.length, exchanges, 'end');
  return { ...entity, offset, length: end - offset };
}

/** What begins or ends within a stretch begins or ends with all of what took its place. */
function placeAfter(place: number, exchanges: Exchange[], side: 'start' | 'end'): number {
  let shift = 0;
  for (const { start, end, text } of exchanges) {
    if (start >= place) break;
    if (end > place) return start + shift + (side === 'end' ? text.length : 0);
    shift += text.length - (end - start);
  }
  return place + shift;
}
