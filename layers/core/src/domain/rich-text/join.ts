import type { Entity, RichText } from '../body.ts';

/** Texts one after another, those that are missing or empty left out. Formatting moves with its words. */
export function joinTexts(parts: (RichText | string | undefined)[], separator: string): RichText {
  let text = '';
  const entities: Entity[] = [];
  for (const part of parts) {
    const next = typeof part === 'string' ? { text: part } : part;
    if (!next?.text) continue;
    const offset = text === '' ? 0 : text.length + separator.length;
    text += (text === '' ? '' : separator) + next.text;
    entities.push(...(next.entities ?? []).map((entity) => ({ ...entity, offset: entity.offset + offset })));
  }
  const said = parts.some((part) => typeof part === 'object' && part.entities !== undefined);
  return said ? { text, entities } : { text };
}
