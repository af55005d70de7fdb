import { isRecord, type Json } from '../../json.ts';
import { listAt } from '../json.ts';
import type { Phone } from '../phones.ts';
import type { Bot } from './bot.ts';
import { chatOf } from './chat.ts';
import { fileOf, type FileKind } from './files.ts';
import { mediaBody, mediaFields } from './media-fields.ts';
import { extrasOf, place, type Content } from './message.ts';
import { isGiven, nestedOf, numberOf, textOf, withValues, type Params } from './params.ts';
import { poll } from './polls.ts';
import { bad, isRefusal, type Refusal, type Reply } from './reply.ts';
import { caption, formatted, messageText } from './validate.ts';

export type Method = (bot: Bot, params: Params) => Reply | Promise<Reply>;

type Compose = (bot: Bot, params: Params) => Content | Refusal | Promise<Content | Refusal>;

/** The methods that send, by their names in lower case. */
export const sendMethods: Record<string, Method> = {
  sendmessage: sending(text),
  sendphoto: sending(file('photo')),
  sendvideo: sending(file('video')),
  sendanimation: sending(file('animation')),
  sendaudio: sending(file('audio')),
  sendvoice: sending(file('voice')),
  sendvideonote: sending(file('video_note')),
  senddocument: sending(file('document')),
  sendsticker: sending(file('sticker')),
  sendlocation: sending(location),
  sendvenue: sending(venue),
  sendcontact: sending(contact),
  sendpoll: sending(poll),
  sendmediagroup: album,
};

/** Every send: the chat first, then the content, then what goes along. */
function sending(compose: Compose): Method {
  return async (bot, params) => {
    const phone = chatOf(bot, params);
    if (isRefusal(phone)) return phone;
    const content = await compose(bot, params);
    if (isRefusal(content)) return content;
    return placed(bot, phone, params, content);
  };
}

function placed(bot: Bot, phone: Phone, params: Params, content: Content): Reply {
  const extras = extrasOf(bot, phone, params);
  return isRefusal(extras) ? extras : { result: place(bot, phone, content, extras) };
}

function text(_bot: Bot, params: Params): Content | Refusal {
  const words = formatted(params, messageText);
  if (isRefusal(words)) return words;
  const entities = words.entities.length > 0 && { entities: words.entities };
  return { fields: { text: words.text, ...entities }, body: { type: 'text', text: words.text } };
}

function file(kind: FileKind): Compose {
  return async (bot, params) => {
    const words = formatted(params, caption);
    if (isRefusal(words)) return words;
    const sent = await fileOf(bot, params, kind);
    if (isRefusal(sent)) return sent;
    const entities = words.entities.length > 0 && { caption_entities: words.entities };
    const captioned = words.text ? { caption: words.text, ...entities } : {};
    return {
      fields: { ...mediaFields(kind, sent, numberOf(params, 'duration')), ...captioned },
      body: mediaBody(kind, sent, words.text),
    };
  };
}

function coordinates(params: Params): { latitude: number; longitude: number } | Refusal {
  const latitude = numberOf(params, 'latitude');
  const longitude = numberOf(params, 'longitude');
  if (latitude === undefined || Math.abs(latitude) > 90) return bad('latitude is empty or wrong');
  if (longitude === undefined || Math.abs(longitude) > 180) return bad('longitude is empty or wrong');
  return { latitude, longitude };
}

function location(_bot: Bot, params: Params): Content | Refusal {
  const at = coordinates(params);
  if (isRefusal(at)) return at;
  const accuracy = numberOf(params, 'horizontal_accuracy') ?? 0;
  const period = numberOf(params, 'live_period');
  if (accuracy < 0 || accuracy > 1500) return bad('wrong horizontal accuracy specified');
  const isPeriod = period === undefined || period === 0x7fffffff || (period >= 60 && period <= 86_400);
  return isPeriod
    ? { fields: { location: at }, body: { type: 'location', ...at } }
    : bad('wrong live location period specified');
}

function venue(_bot: Bot, params: Params): Content | Refusal {
  const at = coordinates(params);
  if (isRefusal(at)) return at;
  const title = textOf(params, 'title');
  const address = textOf(params, 'address');
  if (!title) return bad('title is empty');
  if (!address) return bad('address is empty');
  return {
    fields: { venue: { location: at, title, address }, location: at },
    body: { type: 'location', ...at, name: title, address },
  };
}

function contact(_bot: Bot, params: Params): Content | Refusal {
  const phone_number = textOf(params, 'phone_number');
  const first_name = textOf(params, 'first_name');
  const last_name = textOf(params, 'last_name');
  const vcard = textOf(params, 'vcard');
  if (!phone_number) return bad('phone number is empty');
  if (!first_name) return bad('first name is empty');
  if (Buffer.byteLength(vcard ?? '') > 2048) return bad('vCard is too long');
  const card = { phone_number, first_name, ...(last_name && { last_name }), ...(vcard && { vcard }) };
  return {
    fields: { contact: card },
    body: {
      type: 'contacts',
      contacts: [{ name: [first_name, last_name].filter(Boolean).join(' '), phones: [phone_number] }],
    },
  };
}

const albumKinds: Record<string, FileKind> = { photo: 'photo', video: 'video', document: 'document', audio: 'audio' };

/** 2 to 10 files; documents and audio only among themselves. Nothing is sent unless all can be. */
async function album(bot: Bot, params: Params): Promise<Reply> {
  const phone = chatOf(bot, params);
  if (isRefusal(phone)) return phone;
  const items = listAt({ media: nestedOf(params, 'media') }, 'media').filter(isRecord);
  const refusal = checkAlbum(params, items);
  if (refusal) return refusal;
  const contents: Content[] = [];
  for (const item of items) {
    const content = await albumItem(bot, params, item);
    if (isRefusal(content)) return content;
    contents.push(content);
  }
  const extras = extrasOf(bot, phone, params);
  if (isRefusal(extras)) return extras;
  const media_group_id = String(bot.world.next('album', 1_390_000_000_000_000));
  return {
    result: contents.map(({ fields, body }) =>
      place(bot, phone, { fields: { media_group_id, ...fields }, body }, extras),
    ),
  };
}

function checkAlbum(params: Params, items: readonly Json[]): Refusal | undefined {
  if (isGiven(params, 'reply_markup')) return bad('reply_markup is not supported for albums');
  if (items.length < 2 || items.length > 10) return bad('wrong number of media in the album');
  const kinds = new Set(items.map((item) => item['type']));
  if ([...kinds].some((kind) => albumKinds[String(kind)] === undefined))
    return bad("can't parse InputMedia: type must be photo, video, document or audio");
  return kinds.size > 1 && (kinds.has('document') || kinds.has('audio'))
    ? bad("document and audio can't be mixed with other media types")
    : undefined;
}

function albumItem(bot: Bot, params: Params, item: Json): Content | Refusal | Promise<Content | Refusal> {
  const kind = albumKinds[String(item['type'])];
  if (!kind) return bad("can't parse InputMedia");
  return file(kind)(bot, withValues(params, { caption: undefined, ...item, [kind]: item['media'] }));
}
