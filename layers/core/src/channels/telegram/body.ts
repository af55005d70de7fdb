import type { Body, Media, MediaKind, RichText } from '../../domain/body.ts';
import { compact, readAs, textIn } from '../shared/read.ts';
import { richText } from './rich-text.ts';
import * as wire from './wire.ts';

/** A message as Telegram has it, of which any member may say what it is. */
export type Content = Record<string, unknown>;
type Reader = (content: Content) => Body | undefined;

/**
 * What a message holds, in Telegram's order: some messages carry an older member beside the newer one (`document`
 * beside `animation`, `photo` beside `live_photo`, `location` beside `venue`), and the first match is the true one.
 */
const readers: [member: string, read: Reader][] = [
  ['animation', readFile('video', 'animation', { animated: true })],
  ['live_photo', readFile('video', 'live_photo')],
  ['photo', readPhoto],
  ['video', readFile('video', 'video')],
  ['audio', readFile('audio', 'audio')],
  ['voice', readFile('audio', 'voice', { voice: true })],
  ['video_note', readFile('video', 'video_note', { mime: 'video/mp4' })],
  ['document', readFile('document', 'document')],
  ['sticker', readSticker],
  ['venue', readVenue],
  ['location', readLocation],
  ['text', readText],
];

/** Undefined when the member that says what the message is can't be read. What is seldom sent is read by code that loads then. */
export async function bodyOf(content: Content): Promise<Body | undefined> {
  const found = content['rich_message'] === undefined && readers.find(([member]) => content[member] !== undefined);
  return found ? found[1](content) : (await import('./rare-body.ts')).rareBodyOf(content);
}

function readText(content: Content): Body | undefined {
  const text = content['text'];
  return typeof text === 'string' ? { type: 'text', ...richText(text, content['entities']) } : undefined;
}

function readFile(type: MediaKind, member: string, more: Pick<Media, 'mime' | 'voice' | 'animated'> = {}): Reader {
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
  const { latitude, longitude } = location;
  return { type: 'location', latitude, longitude, name: title, ...compact({ address }) };
}

function readLocation(content: Content): Body | undefined {
  const place = readAs(wire.location, content['location']);
  return place && { type: 'location', latitude: place.latitude, longitude: place.longitude };
}

function mediaOf(file: wire.File, more: Pick<Media, 'mime' | 'voice' | 'animated'>): Media {
  const { file_id, file_name, mime_type, file_size, width, height, duration } = file;
  const known = { mime: mime_type, filename: file_name, size: file_size, providerMediaId: file_id };
  return { status: 'pending', ...more, ...compact({ ...known, width, height, duration }) };
}

function captionOf(content: Content): Partial<RichText> {
  const caption = textIn(content['caption']);
  return caption === undefined ? {} : richText(caption, content['caption_entities']);
}
