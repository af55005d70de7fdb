import type { Entity, EntityType, RichText } from '../body.ts';
import { addressBehind } from './links.ts';
import { normaliseEntities } from './normalise.ts';
import { spanOf } from './spans.ts';

/** What is formatting; any other kind only says what a word is, and clients find that by themselves. */
const FORMATTING = new Set<EntityType>([
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'code',
  'pre',
  'blockquote',
  'text_link',
]);

/** A text with less formatting than it had. */
export interface Plain extends RichText {
  /** what of its formatting is left out, each kind once */
  lost: EntityType[];
}

/**
 * A text with no more formatting than this. What goes leaves its words behind, and a link its address beside them.
 * Whether it says that there is no formatting, or says nothing of it, stays as it was.
 */
export function plainOf({ text, entities }: RichText, formatting: readonly EntityType[]): Plain {
  if (!entities) return { text, lost: [] };
  const normal = normaliseEntities(text, entities);
  const gone = normal.filter(({ type }) => FORMATTING.has(type) && !formatting.includes(type));
  const kept = normal.filter(({ type }) => formatting.includes(type));
  const lost = [...new Set(gone.map(({ type }) => type))];
  return { ...spellLinks(text, gone, kept), lost };
}

/** Addresses are written behind their words, and what is formatted moves with its words. */
function spellLinks(text: string, gone: Entity[], kept: Entity[]): Required<RichText> {
  const links = gone.filter(({ type }) => type === 'text_link').map((link) => addressOf(text, link));
  let words = '';
  let from = 0;
  const added = new Uint32Array(text.length + 1);
  for (const { at, address } of links) {
    words += text.slice(from, at) + address;
    from = at;
    added[at] = address.length;
  }
  for (let at = 1; at <= text.length; at += 1) added[at] = (added[at] ?? 0) + (added[at - 1] ?? 0);
  return { text: words + text.slice(from), entities: kept.map((entity) => moved(entity, added)) };
}

function addressOf(text: string, link: Entity): { at: number; address: string } {
  const { start, end } = spanOf(link);
  return { at: end, address: addressBehind(text.slice(start, end), link.url ?? '') };
}

/** What starts where an address is added starts behind it; what ends there ends before it. */
function moved(entity: Entity, added: Uint32Array): Entity {
  const { start, end } = spanOf(entity);
  const offset = start + (added[start] ?? 0);
  return { ...entity, offset, length: end + (added[end - 1] ?? 0) - offset };
}
