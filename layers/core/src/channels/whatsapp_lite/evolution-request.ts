import type { ContactCard, Media } from '../../domain/body.ts';
import { whatsAppDigits } from '../../domain/phone-number.ts';
import type { Action, Outgoing } from '../contract.ts';
import { isVoice, nameOf } from '../shared/file.ts';
import type { Json } from '../shared/http.ts';
import { compact } from '../shared/read.ts';
import { toEvolution, type Call } from './call.ts';
import { contentOf, type Content, type Dialect, type FileKind } from './content.ts';
import type { EvolutionCredentials } from './credentials.ts';
import { valueOf } from './target.ts';
import { wordsOf } from './words.ts';

/** Evolution keeps its answer back for so long as it shows that somebody types (ms). */
const TYPING_MS = 2000;

/** How Evolution is asked to send. It looks up itself by which digits WhatsApp knows a number. */
export function evolutionCall({ to, body, replyTo }: Outgoing, credentials: EvolutionCredentials): Call | undefined {
  const number = numberOf(to);
  if (number === undefined) return undefined;
  if (body.type === 'reaction') {
    const key = { id: body.target, remoteJid: jidOf(number), fromMe: body.own ?? false };
    return posted(credentials, 'message/sendReaction', { key, reaction: body.emoji ?? '' });
  }
  const call = contentOf(body, dialect);
  const quoted = replyTo && { key: { id: replyTo.providerMessageId } };
  return call && posted(credentials, `message/${call.endpoint}`, { number, ...call.content, ...compact({ quoted }) });
}

/** How Evolution is asked for something that is no message. Undefined when the counterparty is not on WhatsApp. */
export function evolutionAction(action: Action, credentials: EvolutionCredentials): Call | undefined {
  const number = numberOf(action.to);
  if (number === undefined) return undefined;
  const remoteJid = jidOf(number);
  switch (action.kind) {
    case 'typing':
      return posted(credentials, 'chat/sendPresence', { number, presence: 'composing', delay: TYPING_MS });
    case 'read': {
      const readMessages = [{ remoteJid, fromMe: false, id: action.providerMessageId }];
      return posted(credentials, 'chat/markMessageAsRead', { readMessages });
    }
    case 'edit': {
      const key = { id: action.providerMessageId, remoteJid, fromMe: true };
      const text = ('text' in action.body ? wordsOf(action.body) : undefined) ?? '';
      return posted(credentials, 'chat/updateMessage', { number, key, text });
    }
    case 'delete': {
      const key = { id: action.providerMessageId, remoteJid, fromMe: true };
      return toEvolution(credentials, { method: 'DELETE', path: 'chat/deleteMessageForEveryone', body: key });
    }
  }
}

function posted(credentials: EvolutionCredentials, path: string, body: Json): Call {
  return toEvolution(credentials, { method: 'POST', path, body });
}

function numberOf(to: Outgoing['to']): string | undefined {
  return valueOf(to, 'group') ?? whatsAppDigits(to) ?? valueOf(to, 'lid');
}

function jidOf(number: string): string {
  return number.includes('@') ? number : `${number}@s.whatsapp.net`;
}

const dialect: Dialect = {
  file: fileOf,
  location: ({ latitude, longitude, name = '', address = '' }) => ({ latitude, longitude, name, address }),
  contacts: { endpoint: 'sendContact', content: (contacts) => ({ contact: contacts.map(contactOf) }) },
};

/** A voice note, or a file by its kind. */
function fileOf(mediatype: FileKind, media: Media, caption: string | undefined): Content {
  if (mediatype === 'audio' && isVoice(media)) return { endpoint: 'sendWhatsAppAudio', content: { audio: media.link } };
  const more = compact({ mimetype: media.mime, caption });
  return { endpoint: 'sendMedia', content: { mediatype, media: media.link, fileName: nameOf(media), ...more } };
}

function contactOf({ name, phones, emails, organization }: ContactCard): Json {
  const phoneNumber = phones[0] ?? '';
  const wuid = phoneNumber.replaceAll(/\D/g, '');
  return { fullName: name, wuid, phoneNumber, ...compact({ organization, email: emails?.[0] }) };
}
