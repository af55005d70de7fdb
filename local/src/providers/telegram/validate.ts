import { isRecord } from '../../json.ts';
import { byteOffset, type Entity, type Formatted, type Parsed } from './entities.ts';
import { parseHtml } from './html.ts';
import { parseMarkdown, parseMarkdownV2 } from './markdown.ts';
import { isGiven, nestedOf, textOf, type Params } from './params.ts';
import { bad, isRefusal, type Refusal } from './reply.ts';

/** A text of a call: `text` with its entities, or `caption`. */
interface TextRule {
  name: 'text' | 'caption';
  entities: 'entities' | 'caption_entities';
  max: number;
}

export const messageText: TextRule = { name: 'text', entities: 'entities', max: 4096 };
export const caption: TextRule = { name: 'caption', entities: 'caption_entities', max: 1024 };

const modes: Record<string, (source: string) => Parsed> = {
  html: parseHtml,
  markdownv2: parseMarkdownV2,
  markdown: parseMarkdown,
};

/** The words as a phone shows them; lengths count after parsing, in UTF-16 code units. */
export function formatted(params: Params, rule: TextRule): Formatted | Refusal {
  const source = textOf(params, rule.name) ?? '';
  const mode = textOf(params, 'parse_mode') ?? '';
  if (mode !== '' && isGiven(params, rule.entities)) return bad(`can't use parse_mode together with ${rule.entities}`);
  const read = mode === '' ? plain(params, source, rule) : marked(source, mode);
  if (isRefusal(read)) return read;
  if (read.text.length > rule.max)
    return bad(rule.name === 'text' ? 'message is too long' : 'message caption is too long');
  if (rule.name === 'text' && read.text.trim() === '') return bad('message text is empty');
  return read;
}

function marked(source: string, mode: string): Formatted | Refusal {
  const parser = modes[mode.toLowerCase()];
  if (!parser) return bad('unsupported parse_mode');
  const read = parser(source);
  return read.ok ? { text: read.text, entities: read.entities } : bad(`can't parse entities: ${read.reason}`);
}

function plain(params: Params, text: string, { entities: name }: TextRule): Formatted | Refusal {
  if (!isGiven(params, name)) return { text, entities: [] };
  const entities = nestedOf(params, name);
  if (!Array.isArray(entities)) return bad("can't parse entities: expected an Array");
  for (const entity of entities) {
    const refusal = checkEntity(entity, text);
    if (refusal) return refusal;
  }
  return { text, entities: entities as Entity[] };
}

const types = new Set(
  (
    'mention hashtag cashtag bot_command url email phone_number bold italic underline strikethrough spoiler ' +
    'blockquote expandable_blockquote code pre text_link text_mention custom_emoji date_time'
  ).split(' '),
);

/** What an entity of a kind can't be without. */
const needs: Record<string, string> = { text_link: 'url', text_mention: 'user', custom_emoji: 'custom_emoji_id' };

function checkEntity(entity: unknown, text: string): Refusal | undefined {
  if (!isRecord(entity)) return bad("can't parse MessageEntity: expected an Object");
  const { type, offset, length } = entity;
  if (typeof type !== 'string' || !types.has(type)) return bad("can't parse MessageEntity: unsupported type specified");
  if (!isCount(offset) || !isCount(length))
    return bad("can't parse MessageEntity: offset and length must be of type Number");
  const need = needs[type];
  if (need !== undefined && entity[need] === undefined)
    return bad(`can't parse MessageEntity: field "${need}" not found`);
  return checkPlace(text, offset, length);
}

function checkPlace(text: string, offset: number, length: number): Refusal | undefined {
  const end = offset + length;
  if (end > text.length) {
    return bad(`entity beginning at UTF-16 offset ${offset} ends after the end of the text at UTF-16 offset ${end}`);
  }
  const split = [offset, end].find((place) => isInsidePair(text, place));
  return split === undefined
    ? undefined
    : bad(`entity begins in a middle of a UTF-16 symbol at byte offset ${byteOffset(text, split)}`);
}

function isInsidePair(text: string, place: number): boolean {
  return /^[\uDC00-\uDFFF]$/.test(text[place] ?? '') && /^[\uD800-\uDBFF]$/.test(text[place - 1] ?? '');
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
