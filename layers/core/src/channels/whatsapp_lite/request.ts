import type { Body, Media, MediaKind } from '../../domain/body.ts';
import type { Outgoing } from '../contract.ts';
import { isVoice, nameOf } from '../shared/file.ts';
import { compact } from '../shared/read.ts';
import { vcardOf } from '../shared/vcard-of.ts';
import type { Credentials, GatewayCredentials, NotifyCredentials } from './credentials.ts';
import { chatIdOf, digitsOf } from './target.ts';

type Json = Record<string, unknown>;

export interface Call {
  method: 'POST' | 'PUT';
  path: string;
  headers: Record<string, string>;
  body: Json;
}

/** The call of one send, or undefined when this kind of account can't send the body or reach the counterparty. */
export function requestOf(outgoing: Outgoing, credentials: Credentials): Call | undefined {
  return credentials.kind === 'notify' ? notifyCall(outgoing, credentials) : gatewayCall(outgoing, credentials);
}

/** Without receivers Notify would write to every user of the suit, so there is no call without one. */
function notifyCall({ to, body, reference }: Outgoing, credentials: NotifyCredentials): Call | undefined {
  const mobileNum = digitsOf(to);
  const content = notifyContent(body);
  if (!mobileNum || !content) return undefined;
  return {
    method: 'POST',
    path: `${encodeURIComponent(credentials.suit_id)}/send`,
    headers: { appapikey: credentials.api_key },
    body: { UOWHATSAPP: { ...content, random_string: reference, receivers: [{ mobileNum }] } },
  };
}

/** A file is seen only beside a message. Names of fields for video and audio are not published: those need a gateway. */
function notifyContent(body: Body): Json | undefined {
  switch (body.type) {
    case 'text':
      return { message: body.text };
    case 'image':
      return { message: body.text || nameOf(body.media), imageUrl: body.media.link };
    case 'document':
      return { message: body.text || nameOf(body.media), documentUrl: body.media.link };
    default:
      return undefined;
  }
}

function gatewayCall(outgoing: Outgoing, credentials: GatewayCredentials): Call | undefined {
  const chatId = chatIdOf(outgoing.to);
  const call = chatId === undefined ? undefined : gatewayContent(outgoing.body, chatId);
  if (!chatId || !call) return undefined;
  const original = outgoing.replyTo?.providerMessageId;
  const more =
    call.method === 'POST' ? { chatId, ...compact({ reply_to: original && wholeId(original, chatId) }) } : {};
  return {
    method: call.method,
    path: `api/${call.endpoint}`,
    headers: { 'x-api-key': credentials.api_key },
    body: { session: credentials.session, ...more, ...call.content },
  };
}

interface Content {
  method: 'POST' | 'PUT';
  endpoint: string;
  content: Json;
}

function gatewayContent(body: Body, chatId: string): Content | undefined {
  switch (body.type) {
    case 'text':
      return post('sendText', { text: body.text });
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
      return fileOf(body.type, body.media, body.text);
    case 'location':
      return post('sendLocation', {
        latitude: body.latitude,
        longitude: body.longitude,
        title: body.name ?? body.address ?? '',
      });
    case 'contacts':
      return post('sendContactVcard', { contacts: body.contacts.map((contact) => ({ vcard: vcardOf(contact) })) });
    case 'reaction': {
      const content = { messageId: wholeId(body.target, chatId), reaction: body.emoji ?? '' };
      return { method: 'PUT', endpoint: 'reaction', content };
    }
    default:
      return undefined;
  }
}

const mimes: Record<Exclude<MediaKind, 'sticker'>, string> = {
  image: 'image/jpeg',
  video: 'video/mp4',
  audio: 'audio/mpeg',
  document: 'application/octet-stream',
};

/** Audio that is no voice note goes as a file, which plays all the same. */
function fileOf(type: Exclude<MediaKind, 'sticker'>, media: Media, caption: string | undefined): Content {
  const voice = type === 'audio' && isVoice(media);
  const mimetype = media.mime ?? (voice ? 'audio/ogg; codecs=opus' : mimes[type]);
  const endpoint = {
    image: 'sendImage',
    video: 'sendVideo',
    audio: voice ? 'sendVoice' : 'sendFile',
    document: 'sendFile',
  };
  return post(endpoint[type], {
    file: { mimetype, url: media.link, ...compact({ filename: media.filename }) },
    ...compact({ caption: caption || undefined }),
  });
}

function post(endpoint: string, content: Json): Content {
  return { method: 'POST', endpoint, content };
}

/**
 * A gateway wants the whole id of a message, of which we keep the stable part. An agent answers what the customer wrote,
 * so `false` (not from me); a group's message would need its writer too, so there the stable part goes alone.
 */
function wholeId(id: string, chatId: string): string {
  return chatId.endsWith('@g.us') ? id : `false_${chatId}_${id}`;
}
