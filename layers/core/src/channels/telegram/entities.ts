import type { Entity } from '../../domain/body.ts';
import type { Json } from '../shared/http.ts';
import { capabilities } from './capabilities.ts';

/** Telegram finds links, addresses, mentions and the like itself; a custom emoji can't be sent without its id. */
const sendable = new Set<Entity['type']>(capabilities.formatting);

/** The formatting of a text as a parameter of this name; none where there is none that can be sent. */
export function entitiesOf(member: 'entities' | 'caption_entities', entities: Entity[] | undefined): Json {
  const styled = (entities ?? []).filter((entity) => sendable.has(entity.type));
  return styled.length > 0 ? { [member]: styled } : {};
}
