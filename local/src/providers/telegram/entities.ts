/** Formatting of a stretch of text; offset and length in UTF-16 code units. */
export interface Entity {
  type: string;
  offset: number;
  length: number;
  url?: string;
  user?: unknown;
  language?: string;
  custom_emoji_id?: string;
}

export interface Formatted {
  text: string;
  entities: Entity[];
}

/** The words, or why they can't be read. */
export type Parsed = ({ ok: true } & Formatted) | { ok: false; reason: string };

/** Byte offset of an index, as Telegram's messages name places. */
export function byteOffset(source: string, index: number): number {
  return Buffer.byteLength(source.slice(0, index));
}

export function parsed(text: string, entities: Entity[]): Parsed {
  const kept = entities.filter(({ length }) => length > 0);
  return { ok: true, text, entities: kept.sort((a, b) => a.offset - b.offset || b.length - a.length) };
}

/** What Telegram itself finds in a customer's words. */
export function detected(text: string): Entity[] {
  const kinds: [type: string, pattern: RegExp][] = [
    ['bot_command', /(?<![\w/])\/[a-z\d_]{1,32}\b/gi],
    ['url', /\bhttps?:\/\/\S+[^\s.,!?)]/gi],
    ['mention', /(?<!\w)@[a-z]\w{4,31}\b/gi],
    ['hashtag', /(?<!\w)#\w+/gu],
  ];
  return kinds.flatMap(([type, pattern]) =>
    [...text.matchAll(pattern)].map((match) => ({ type, offset: match.index, length: match[0].length })),
  );
}
