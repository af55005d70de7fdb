import type { Body, ContactCard, Media, MediaKind } from '../../domain/body.ts';
import { compact } from '../shared/read.ts';
import type { Message } from './wire.ts';

const kinds: Record<string, { type: MediaKind; voice?: true; animated?: true }> = {
  image: { type: 'image' },
  video: { type: 'video' },
  gif: { type: 'video', animated: true },
  audio: { type: 'audio' },
  ptt: { type: 'audio', voice: true },
  voice: { type: 'audio', voice: true },
  document: { type: 'document' },
  file: { type: 'document' },
  sticker: { type: 'sticker' },
};

/** What a message says: a file, a place, contacts, or text. What is none of these is kept raw. */
export function bodyOf(message: Message, raw: unknown): Body {
  const text = writtenIn(message);
  if (linkOf(message) !== undefined || message.hasMedia || message.media) return fileOf(message, text);
  if (message.location) return placeOf(message.location);
  if (message.vCards && message.vCards.length > 0) return { type: 'contacts', contacts: message.vCards.map(cardOf) };
  if (text) return { type: 'text', text };
  return { type: 'unsupported', providerType: typeOf(message) ?? 'empty', raw };
}

/** As it comes: what it says is read later. */
export function cardOf(vcard: string): ContactCard {
  return { name: '', phones: [], vcard };
}

/** The text of a message, or the caption of its file. */
export function writtenIn(message: Message): string | undefined {
  return message.message ?? message.body ?? message.text;
}

/** What its sender calls the kind of message. */
export function typeOf(message: Message): string | undefined {
  return message.type ?? message._data?.type;
}

/** Where the file lies. */
export function linkOf(message: Message): string | undefined {
  return message.media_url ?? message.mediaUrl ?? message.media?.url;
}

function fileOf(message: Message, text: string | undefined): Body {
  const { type, ...more } = kindOf(message);
  const link = linkOf(message);
  const known = { mime: mimeOf(message), filename: message.media?.filename ?? message.filename, link };
  const state: Media = link
    ? { status: 'pending' }
    : { status: 'failed', error: 'the gateway gave no link to the file' };
  return { type, media: { ...state, ...compact(known), ...more }, ...(text ? { text } : {}) };
}

/** By the sender's own word for it, else by the MIME type; what is neither is a document. */
function kindOf(message: Message): { type: MediaKind; voice?: true; animated?: true } {
  const words = [typeOf(message), message.media_type, message.mediaType, mimeOf(message)?.split('/')[0]];
  const known = words
    .map((word) => word?.toLowerCase())
    .find((word) => word !== undefined && Object.hasOwn(kinds, word));
  return (known === undefined ? undefined : kinds[known]) ?? { type: 'document' };
}

function mimeOf(message: Message): string | undefined {
  const type = message.media_type ?? message.mediaType;
  return message.media?.mimetype ?? message.mimetype ?? (type?.includes('/') ? type : undefined);
}

function placeOf({ latitude, longitude, description, name, address }: NonNullable<Message['location']>): Body {
  return { type: 'location', latitude, longitude, ...compact({ name: name ?? description, address }) };
}
