import type { Media } from '../../domain/body.ts';
import type { Action, Outgoing } from '../contract.ts';
import { isVoice } from '../shared/file.ts';
import type { Json } from '../shared/http.ts';
import { compact } from '../shared/read.ts';
import { vcardOf } from '../shared/vcard-of.ts';
import { toWaha, type Call } from './call.ts';
import { contentOf, type Content, type Dialect, type FileKind } from './content.ts';
import type { GatewayCredentials } from './credentials.ts';
import { chatIdOf } from './target.ts';
import { wordsOf } from './words.ts';

/** How WAHA is asked to send. */
export function wahaCall(outgoing: Outgoing, credentials: GatewayCredentials): Call | undefined {
  const chatId = chatIdOf(outgoing.to);
  if (chatId === undefined) return undefined;
  const { body, replyTo } = outgoing;
  if (body.type === 'reaction') {
    const content = { messageId: wholeId(body.target, chatId, body.own), reaction: body.emoji ?? '' };
    return ask(credentials, 'PUT', 'reaction', content);
  }
  const call = contentOf(body, dialect);
  const reply_to = replyTo && wholeId(replyTo.providerMessageId, chatId, replyTo.own);
  return call && ask(credentials, 'POST', call.endpoint, { chatId, ...compact({ reply_to }), ...call.content });
}

/** How WAHA is asked for something that is no message. Undefined when the counterparty is not on WhatsApp. */
export function wahaAction(action: Action, credentials: GatewayCredentials): Call | undefined {
  const chatId = chatIdOf(action.to);
  if (chatId === undefined) return undefined;
  switch (action.kind) {
    case 'typing':
      return ask(credentials, 'POST', 'startTyping', { chatId });
    case 'read':
      return ask(credentials, 'POST', 'sendSeen', { chatId, messageId: wholeId(action.providerMessageId, chatId) });
    case 'edit':
    case 'delete':
      return onMessage(action, chatId, credentials);
  }
}

/** Which chat a number has, for one that WhatsApp may know by other digits. */
export function wahaNumberCall(number: string, credentials: GatewayCredentials): Call {
  const query = new URLSearchParams({ phone: number.slice(1), session: credentials.session }).toString();
  return toWaha(credentials, { method: 'GET', path: `contacts/check-exists?${query}` });
}

function onMessage(
  action: Extract<Action, { kind: 'edit' | 'delete' }>,
  chatId: string,
  credentials: GatewayCredentials,
): Call {
  const parts = [credentials.session, 'chats', chatId, 'messages', wholeId(action.providerMessageId, chatId, true)];
  const path = parts.map(encodeURIComponent).join('/');
  if (action.kind === 'delete') return toWaha(credentials, { method: 'DELETE', path });
  const text = 'text' in action.body ? wordsOf(action.body) : undefined;
  return toWaha(credentials, { method: 'PUT', path, body: { text: text ?? '' } });
}

function ask(credentials: GatewayCredentials, method: 'POST' | 'PUT', path: string, body: Json): Call {
  return toWaha(credentials, { method, path, body: { session: credentials.session, ...body } });
}

const dialect: Dialect = {
  file: fileOf,
  location: ({ latitude, longitude, name, address }) => ({ latitude, longitude, title: name ?? address ?? '' }),
  contacts: {
    endpoint: 'sendContactVcard',
    content: (contacts) => ({ contacts: contacts.map((contact) => ({ vcard: vcardOf(contact) })) }),
  },
};

const mimes: Record<FileKind, string> = {
  image: 'image/jpeg',
  video: 'video/mp4',
  audio: 'audio/mpeg',
  document: 'application/octet-stream',
};

/** Audio that is no voice note goes as a file, which plays all the same. */
function fileOf(type: FileKind, media: Media, caption: string | undefined): Content {
  const voice = type === 'audio' && isVoice(media);
  const mimetype = media.mime ?? (voice ? 'audio/ogg; codecs=opus' : mimes[type]);
  const endpoint = {
    image: 'sendImage',
    video: 'sendVideo',
    audio: voice ? 'sendVoice' : 'sendFile',
    document: 'sendFile',
  };
  const file = { mimetype, url: media.link, ...compact({ filename: media.filename }) };
  return { endpoint: endpoint[type], content: { file, ...compact({ caption }) } };
}

/**
 * WAHA wants the whole id of a message, of which we keep the stable part; `own`: the business wrote it. A group's message
 * would need its writer too, so there the stable part goes alone.
 */
function wholeId(id: string, chatId: string, own = false): string {
  return chatId.endsWith('@g.us') ? id : `${own}_${chatId}_${id}`;
}
