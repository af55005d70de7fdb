import { byteOffset, parsed, type Entity, type Parsed } from './entities.ts';

const tags: Record<string, string> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  span: 'spoiler',
  'tg-spoiler': 'spoiler',
  'tg-emoji': 'custom_emoji',
  a: 'text_link',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
};

interface Open {
  tag: string;
  entity: Entity;
}

const piece = /<(\/?)([a-z][a-z\d-]*)?((?:\s+[^<>]*)?)>|<|&(#x[\da-f]+|#\d+|lt|gt|amp|quot);/gi;

/** Text with Telegram's HTML tags (parse_mode HTML). */
export function parseHtml(source: string): Parsed {
  const open: Open[] = [];
  const entities: Entity[] = [];
  let text = '';
  let from = 0;
  for (const match of source.matchAll(piece)) {
    text += source.slice(from, match.index);
    from = match.index + match[0].length;
    const at = byteOffset(source, match.index);
    const [whole, slash, name, attributes = '', character] = match;
    if (character !== undefined) text += characterOf(character);
    else if (whole === '<' || name === undefined)
      return { ok: false, reason: `Unclosed start tag at byte offset ${at}` };
    else {
      const tag = name.toLowerCase();
      const reason = slash
        ? closeTag(open, entities, tag, text.length, at)
        : openTag(open, tag, attributes, text.length, at);
      if (reason) return { ok: false, reason };
    }
  }
  const last = open.at(-1);
  if (last) return { ok: false, reason: `Can't find end tag corresponding to start tag "${last.tag}"` };
  return parsed(text + source.slice(from), entities);
}

function openTag(open: Open[], tag: string, attributes: string, offset: number, at: number): string | undefined {
  const type = tags[tag];
  if (type === undefined) return `Unsupported start tag "${tag}" at byte offset ${at}`;
  if (tag === 'span' && attributeOf(attributes, 'class') !== 'tg-spoiler') {
    return `Tag "span" must have class "tg-spoiler" at byte offset ${at}`;
  }
  open.push({ tag, entity: entityOf(type, attributes, offset) });
  return undefined;
}

function entityOf(type: string, attributes: string, offset: number): Entity {
  const entity: Entity = { type, offset, length: 0 };
  if (type === 'text_link') entity.url = attributeOf(attributes, 'href') ?? '';
  if (type === 'custom_emoji') entity.custom_emoji_id = attributeOf(attributes, 'emoji-id') ?? '';
  if (type === 'blockquote' && /\bexpandable\b/.test(attributes)) entity.type = 'expandable_blockquote';
  const language = type === 'code' ? attributeOf(attributes, 'class')?.replace(/^language-/, '') : undefined;
  return language ? { ...entity, language } : entity;
}

function closeTag(open: Open[], entities: Entity[], tag: string, end: number, at: number): string | undefined {
  const last = open.pop();
  if (!last) return `Unexpected end tag at byte offset ${at}`;
  if (last.tag !== tag) return `Unmatched end tag at byte offset ${at}, expected "</${last.tag}>", found "</${tag}>"`;
  entities.push(finished({ ...last.entity, length: end - last.entity.offset }, entities));
  return undefined;
}

/** `<pre><code class="language-x">` is one entity, and only there a language means something. */
function finished(entity: Entity, entities: Entity[]): Entity {
  const inner = entities.at(-1);
  if (entity.type !== 'pre' || inner?.type !== 'code') return entity;
  if (inner.offset !== entity.offset || inner.length !== entity.length) return entity;
  entities.pop();
  return { ...entity, ...(inner.language && { language: inner.language }) };
}

function attributeOf(attributes: string, name: string): string | undefined {
  const match = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|(\\S+))`, 'i').exec(attributes);
  const value = match?.[1] ?? match?.[2] ?? match?.[3];
  return value?.replaceAll(/&(#x[\da-f]+|#\d+|lt|gt|amp|quot);/gi, (_whole, character: string) =>
    characterOf(character),
  );
}

const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' };

function characterOf(name: string): string {
  if (!name.startsWith('#')) return named[name.toLowerCase()] ?? '';
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
