import type { Entity, EntityType, RichText } from '../../domain/body.ts';
import { compact, readAs } from '../shared/read.ts';
import * as wire from './wire.ts';

/** Telegram's types that have another name here; the others are called the same. */
const renamed: Record<string, EntityType> = {
  expandable_blockquote: 'blockquote',
  text_mention: 'mention',
  cashtag: 'hashtag',
};

const same =
  /^(bold|italic|underline|strikethrough|spoiler|code|pre|blockquote|text_link|url|email|phone_number|mention|hashtag|bot_command|custom_emoji)$/;

/** Both sides count UTF-16 units. A type we have no word for leaves its text plain. */
export function richText(text: string, raw: unknown): RichText {
  const read = (Array.isArray(raw) ? raw : []).map((each) => readAs(wire.entity, each));
  const entities = read.flatMap((entity) => (entity ? entityOf(entity, text.length) : []));
  return entities.length > 0 ? { text, entities } : { text };
}

function entityOf(entity: wire.Entity, end: number): Entity[] {
  const { offset, length, url, language, user } = entity;
  const type = Object.hasOwn(renamed, entity.type) ? renamed[entity.type] : sameType(entity.type);
  if (!type || offset < 0 || length < 1 || offset + length > end) return [];
  const link = url ?? (user ? `tg://user?id=${user.id}` : undefined);
  return [{ type, offset, length, ...compact({ url: link, language }) }];
}

function sameType(type: string): EntityType | undefined {
  return same.test(type) ? (type as EntityType) : undefined;
}
