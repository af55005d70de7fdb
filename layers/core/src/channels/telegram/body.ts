import type { Body, Entity, Media, MediaKind, RichText } from '../../domain/body.ts';
import { contactOf } from '../shared/vcard.ts';
import { compact, readAs, textIn } from '../shared/read.ts';
import { flatten } from './rich.ts';
import { serviceOf } from './service.ts';
import * as wire from './wire.ts';

type Content = Record<string, unknown>;
type Reader = (content: Content) => Body | undefined;

/**
 * What a message holds, in Telegram's order: some messages carry an older member beside the newer one (`document`
 * beside `animation`, `photo` beside `live_photo`, `location` beside `venue`), and the first match is the true one.
 */
const readers: [member: string, read: Reader][] = [
  ['rich_message', readRich],
  ['animation', readFile('video', 'animation', { animated: true })],
  ['live_photo', readFile('video', 'live_photo')],
  ['photo', readPhoto],
  ['video', readFile('video', 'video')],
  ['audio', readFile('audio', 'audio')],
  ['voice', readFile('audio', 'voice', { voice: true })],
  ['video_note', readFile('video', 'video_note')],
  ['document', readFile('document', 'document')],
  ['sticker', readSticker],
  ['venue', readVenue],
  ['location', readLocation],
  ['contact', readContact],
  ['poll', readNamed('poll', 'question')],
  ['dice', readNamed('dice', 'emoji')],
  ['checklist', readNamed('checklist', 'title')],
  ['game', readNamed('game', 'title')],
  ['invoice', readNamed('invoice', 'title')],
  ['story', readNamed('story', '')],
  ['paid_media', readNamed('paid_media', '')],
  ['giveaway', readNamed('giveaway', '')],
  ['giveaway_winners', readNamed('giveaway_winners', '')],
  ['text', readText],
];

/** Undefined when the member that says what the message is can't be read. */
export function bodyOf(content: Content): Body | undefined {
  const found = readers.find(([member]) => content[member] !== undefined);
  return found ? found[1](content) : (serviceOf(content) ?? unsupported(content, 'unknown'));
}

function readText(content: Content): Body | undefined {
  const text = content['text'];
  return typeof text === 'string' ? { type: 'text', ...richText(text, content['entities']) } : undefined;
}

function readRich(content: Content): Body {
  const text = flatten(content['rich_message']);
  return text ? { type: 'text', text } : unsupported(content, 'rich_message');
}

function readFile(type: MediaKind, member: string, more: Pick<Media, 'voice' | 'animated'> = {}): Reader {
  return (content) => {
    const file = readAs(wire.file, content[member]);
    return file && { type, media: mediaOf(file, more), ...captionOf(content) };
  };
}

/** Sizes ascend; the last is the largest. Telegram keeps photos as JPEG. */
function readPhoto(content: Content): Body | undefined {
  const largest = readAs(wire.photo, content['photo'])?.at(-1);
  return largest && { type: 'image', media: mediaOf(largest, { mime: 'image/jpeg' }), ...captionOf(content) };
}

function readSticker(content: Content): Body | undefined {
  const sticker = readAs(wire.sticker, content['sticker']);
  if (!sticker) return undefined;
  const { is_animated, is_video, emoji } = sticker;
  const mime = is_animated ? 'application/x-tgsticker' : is_video ? 'video/webm' : 'image/webp';
  const animated = is_animated === true || is_video === true;
  return { type: 'sticker', media: mediaOf(sticker, { mime, animated }), ...compact({ text: emoji }) };
}

function readVenue(content: Content): Body | undefined {
  const venue = readAs(wire.venue, content['venue']);
  if (!venue) return undefined;
  const { location, title, address } = venue;
  return {
    type: 'location',
    latitude: location.latitude,
    longitude: location.longitude,
    name: title,
    ...compact({ address }),
  };
}

function readLocation(content: Content): Body | undefined {
  const place = readAs(wire.location, content['location']);
  return place && { type: 'location', latitude: place.latitude, longitude: place.longitude };
}

function readContact(content: Content): Body | undefined {
  const contact = readAs(wire.contact, content['contact']);
  if (!contact) return undefined;
  const { phone_number, first_name, last_name, vcard } = contact;
  const name = [first_name, last_name].filter(Boolean).join(' ') || phone_number;
  const more = vcard === undefined ? {} : contactOf(vcard);
  return { type: 'contacts', contacts: [{ ...more, name, phones: [phone_number] }] };
}

/** Kept raw, with the line of it that a person can read. */
function readNamed(providerType: string, title: string): Reader {
  return (content) => {
    const members = content[providerType];
    const named =
      typeof members === 'object' && members !== null
        ? textIn(Object.entries(members).find(([key]) => key === title)?.[1])
        : undefined;
    return unsupported(content, providerType, named ?? textIn(content['caption']));
  };
}

function mediaOf(file: wire.File, more: Pick<Media, 'mime' | 'voice' | 'animated'>): Media {
  const { file_id, file_name, mime_type, file_size } = file;
  const known = { mime: mime_type, filename: file_name, size: file_size, providerMediaId: file_id };
  return { status: 'pending', ...compact(known), ...more };
}

function captionOf(content: Content): Partial<RichText> {
  const caption = textIn(content['caption']);
  return caption === undefined ? {} : richText(caption, content['caption_entities']);
}

const entityTypes: Record<string, Entity['type']> = {
  bold: 'bold',
  italic: 'italic',
  underline: 'underline',
  strikethrough: 'strikethrough',
  spoiler: 'spoiler',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  expandable_blockquote: 'blockquote',
  text_link: 'text_link',
  url: 'url',
  email: 'email',
  phone_number: 'phone_number',
  mention: 'mention',
  text_mention: 'mention',
  hashtag: 'hashtag',
  cashtag: 'hashtag',
  bot_command: 'bot_command',
  custom_emoji: 'custom_emoji',
};

/** Both sides count UTF-16 units. A type we have no word for leaves its text plain. */
function richText(text: string, raw: unknown): RichText {
  const read = (Array.isArray(raw) ? raw : []).map((each) => readAs(wire.entity, each));
  const entities = read.flatMap((entity) => (entity ? entityOf(entity, text.length) : []));
  return entities.length > 0 ? { text, entities } : { text };
}

function entityOf(entity: wire.Entity, end: number): Entity[] {
  const { offset, length, url, language, user } = entity;
  const type = Object.hasOwn(entityTypes, entity.type) ? entityTypes[entity.type] : undefined;
  if (!type || offset < 0 || length < 1 || offset + length > end) return [];
  const link = url ?? (user ? `tg://user?id=${user.id}` : undefined);
  return [{ type, offset, length, ...compact({ url: link, language }) }];
}

function unsupported(content: Content, providerType: string, text?: string): Body {
  return { type: 'unsupported', providerType, ...compact({ text }), raw: content };
}
