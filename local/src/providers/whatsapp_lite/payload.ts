import { extname } from 'node:path';
import type { WhatsappLiteAccount } from '../account.ts';
import type { Json } from '../../json.ts';
import { present } from '../json.ts';
import { keptAt, type MediaStore } from '../media.ts';
import { isMediaBody, wordsOf, type MediaBody } from '../phone-body.ts';
import type { Phone, PhoneMessage } from '../phones.ts';
import { chatIdOf, digitsOf, keyOf, lidOf } from './ids.ts';

export const ackNames = { [-1]: 'ERROR', 0: 'PENDING', 1: 'SERVER', 2: 'DEVICE', 3: 'READ', 4: 'PLAYED' } as const;
export type Ack = keyof typeof ackNames;

/** Where a message came from and what it is about. */
export interface Told {
  account: WhatsappLiteAccount;
  message: PhoneMessage;
  /** of a person by number or privacy id, or of a group */
  chatId: string;
  /** the customer's */
  phone?: Phone | undefined;
  source: 'api' | 'app';
  ack: Ack;
  quoted?: PhoneMessage | undefined;
  /** the gateway knows the customer's other name, too */
  bothNames?: boolean;
  media: MediaStore;
  /** the provider's address, for links */
  base: string;
}

/** A message as WAHA's `message` and `message.any` carry it. */
export function payloadOf(told: Told): Json {
  const { account, message, chatId, source, ack } = told;
  const fromMe = message.from === 'business';
  const me = chatIdOf(account.external_id);
  return present({
    id: message.id,
    timestamp: Math.floor(Date.parse(message.at) / 1000),
    from: fromMe ? me : chatId,
    to: fromMe ? chatId : me,
    participant: participantOf(told),
    fromMe,
    source,
    body: bodyText(message),
    hasMedia: isMediaBody(message.body),
    ...contentOf(told),
    ack,
    ackName: ackNames[ack],
    vCards: vcardsOf(message),
    replyTo: replyOf(told),
    _data: {
      notifyName: fromMe ? account.name : (told.phone?.name ?? ''),
      type: message.body.type === 'text' ? 'chat' : message.body.type,
      ...otherName(told),
    },
  });
}

/** Who of a group wrote. */
export function participantOf({ chatId, message, phone }: Told): string | null {
  const isGroup = chatId.endsWith('@g.us');
  return isGroup && phone && message.from === 'customer' ? chatIdOf(phone.address) : null;
}

export function vcardsOf({ body }: PhoneMessage): string[] | undefined {
  if (body.type !== 'contacts') return undefined;
  return body.contacts.map(({ name, phones }) => {
    const numbers = phones.map((phone) => `TEL;type=CELL;waid=${digitsOf(phone)}:${phone}`);
    return ['BEGIN:VCARD', 'VERSION:3.0', `FN:${name}`, ...numbers, 'END:VCARD'].join('\n');
  });
}

/** Where the file of a message can be fetched. */
export function fileUrl({ account, media: store, base }: Told, body: MediaBody): string | undefined {
  const kept = keptAt(store, body.url);
  return kept ? `${base}/${folderOf(account)}/${kept.id}${extname(kept.filename ?? '')}` : body.url;
}

/** The session's name, or the suit's. */
export function sessionName(account: WhatsappLiteAccount): string {
  switch (account.kind) {
    case 'gateway':
      return account.session;
    case 'evolution':
      return account.instance;
    case 'notify':
      return account.suit_id;
  }
}

/** WAHA's files need its key. Nothing is published about Notify's, and Evolution puts files in a bucket: there the link itself is the secret. */
function folderOf(account: WhatsappLiteAccount): string {
  const name = encodeURIComponent(sessionName(account));
  return account.kind === 'gateway' ? `api/files/${name}` : `${name}/files`;
}

function bodyText(message: PhoneMessage): string {
  return message.body.type === 'location' || message.body.type === 'contacts' ? '' : (wordsOf(message.body) ?? '');
}

function contentOf(told: Told): Json {
  const { body } = told.message;
  if (isMediaBody(body)) return { media: mediaOf(told, body) };
  if (body.type !== 'location') return {};
  return {
    location: {
      latitude: body.latitude,
      longitude: body.longitude,
      description: [body.name, body.address].filter(Boolean).join('\n') || null,
    },
  };
}

function mediaOf(told: Told, body: MediaBody): Json {
  const kept = keptAt(told.media, body.url);
  const url = fileUrl(told, body) ?? null;
  if (!kept) return { url, mimetype: body.mime ?? null, filename: body.filename ?? null, error: null };
  const mimetype = kept.mime === 'audio/ogg' ? 'audio/ogg; codecs=opus' : kept.mime;
  return { url, mimetype, filename: body.type === 'document' ? (body.filename ?? kept.filename) : null, error: null };
}

function otherName({ bothNames, chatId, phone }: Told): Json {
  if (!bothNames || !phone) return {};
  const other = chatId.endsWith('@lid') ? `${digitsOf(chatIdOf(phone.address))}@s.whatsapp.net` : lidOf(phone);
  return { key: { remoteJidAlt: other } };
}

function replyOf({ account, quoted, phone }: Told): Json | undefined {
  if (!quoted) return undefined;
  const participant = quoted.from === 'business' ? chatIdOf(account.external_id) : phone && chatIdOf(phone.address);
  return { id: keyOf(quoted.id), participant, body: quoted.text };
}
