import { compact, fieldsOf, textIn } from '../shared/read.ts';

/** The member that holds a file says what it is. */
const kinds = {
  image: 'image',
  video: 'video',
  video_note: 'video',
  audio: 'audio',
  document: 'document',
  sticker: 'sticker',
};

/**
 * A message of GOWA's in the names that the other gateways use. A file is the path where GOWA keeps it, or an object with the path; or, where GOWA does
 * not keep files, an object with WhatsApp's own address of the sealed file, which nobody can open.
 */
export function inCommonNames(payload: unknown): unknown {
  const message = fieldsOf(payload);
  const { location, live_location, contact, contacts_array, ...rest } = message;
  const place = live_location ?? location;
  const cards = contact === undefined ? contacts_array : [contact];
  return {
    ...rest,
    ...fileIn(message),
    ...(place === undefined ? {} : { location: placeOf(place) }),
    ...(Array.isArray(cards) ? { vCards: cards.flatMap((card) => textIn(fieldsOf(card)['vcard']) ?? []) } : {}),
  };
}

function fileIn(message: Record<string, unknown>): object {
  const found = Object.entries(kinds).find(([member]) => message[member] !== undefined);
  if (!found) return {};
  const [member, type] = found;
  const file = message[member];
  const { path, caption, filename } = fieldsOf(file);
  const known = { mediaUrl: textIn(file) ?? textIn(path), body: textIn(message['body']) ?? textIn(caption), filename };
  return { type, hasMedia: true, ...compact(known) };
}

function placeOf(place: unknown): object {
  const { degreesLatitude: latitude, degreesLongitude: longitude, ...more } = fieldsOf(place);
  return { latitude, longitude, ...more };
}
