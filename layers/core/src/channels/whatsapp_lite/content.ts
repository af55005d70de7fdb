import type { Body, ContactCard, Media, MediaKind } from '../../domain/body.ts';
import { wordsOf } from './words.ts';

/** What a gateway is asked to do with what a message says. */
export interface Content {
  endpoint: string;
  content: Record<string, unknown>;
}

/** Stickers come in and do not go out. */
export type FileKind = Exclude<MediaKind, 'sticker'>;

/** What only one kind of gateway calls so. */
export interface Dialect {
  file(type: FileKind, media: Media, caption: string | undefined): Content;
  location(place: Extract<Body, { type: 'location' }>): Record<string, unknown>;
  contacts: { endpoint: string; content(contacts: ContactCard[]): Record<string, unknown> };
}

/** What a message says, in a gateway's words. Undefined: no gateway has any for it. */
export function contentOf(body: Body, dialect: Dialect): Content | undefined {
  switch (body.type) {
    case 'text':
      return { endpoint: 'sendText', content: { text: wordsOf(body) } };
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
      return dialect.file(body.type, body.media, wordsOf(body));
    case 'location':
      return { endpoint: 'sendLocation', content: dialect.location(body) };
    case 'contacts':
      return { endpoint: dialect.contacts.endpoint, content: dialect.contacts.content(body.contacts) };
    default:
      return undefined;
  }
}
