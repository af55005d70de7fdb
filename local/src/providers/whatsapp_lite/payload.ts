import { extname } from 'node:path';
import type { WhatsappLiteAccount } from '../account.ts';
import { present, type Json } from '../json.ts';
import { keptAt, type MediaStore } from '../media.ts';
import { isMediaBody, wordsOf, type MediaBody } from '../phone-body.ts';
import type { Phone, PhoneMessage } from '../phones.ts';
import { chatIdOf, digitsOf } from './ids.ts';
import { ackNames, sessionName, type Ack } from './webhooks.ts';

/** Where a message came from and what it is about. */
export interface Told {
  account: WhatsappLiteAccount;
  message: PhoneMessage;
  /** the customer's number */
  address: string;
  phone?: Phone | undefined;
  source: 'api' | 'app';
  ack: Ack;
  quoted?: PhoneMessage | undefined;
  media: MediaStore;
  /** the provider's address, for links */
  base: string;
}

/** A message as `message` and `message.any` carry it. */
export function payloadOf(told: Told): Json {
  const { account, message, address, source, ack } = told;
  const fromMe = message.from === 'business';
  const chat = chatIdOf(address);
  const me = chatIdOf(account.external_id);
  return present({
    id: message.id,
    timestamp: Math.floor(Date.parse(message.at) / 1000),
    from: fromMe ? me : chat,
    to: fromMe ? chat : me,
    participant: null,
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
    },
  });
}

function bodyText(message: PhoneMessage): string {
  return message.body.type === 'location' || message.body.type === 'contacts' ? '' : (wordsOf(message.body) ?? '');
}

function contentOf({ account, message: { body }, media, base }: Told): Json {
  if (isMediaBody(body)) return { media: mediaOf(account, body, media, base) };
  if (body.type !== 'location') return {};
  return {
    location: {
      latitude: body.latitude,
      longitude: body.longitude,
      description: [body.name, body.address].filter(Boolean).join('\n') || null,
    },
  };
}

function mediaOf(account: WhatsappLiteAccount, body: MediaBody, store: MediaStore, base: string): Json {
  const kept = keptAt(store, body.url);
  if (!kept)
    return { url: body.url ?? null, mimetype: body.mime ?? null, filename: body.filename ?? null, error: null };
  const url = `${base}/${folderOf(account)}/${kept.id}${extname(kept.filename ?? '')}`;
  const mimetype = kept.mime === 'audio/ogg' ? 'audio/ogg; codecs=opus' : kept.mime;
  return { url, mimetype, filename: body.type === 'document' ? (body.filename ?? kept.filename) : null, error: null };
}

/** The gateway's files need its key. Nothing is published about Notify's: there the link itself is the secret. */
function folderOf(account: WhatsappLiteAccount): string {
  const name = encodeURIComponent(sessionName(account));
  return account.kind === 'gateway' ? `api/files/${name}` : `${name}/files`;
}

function vcardsOf({ body }: PhoneMessage): string[] | undefined {
  if (body.type !== 'contacts') return undefined;
  return body.contacts.map(({ name, phones }) => {
    const numbers = phones.map((phone) => `TEL;type=CELL;waid=${digitsOf(phone)}:${phone}`);
    return ['BEGIN:VCARD', 'VERSION:3.0', `FN:${name}`, ...numbers, 'END:VCARD'].join('\n');
  });
}

function replyOf({ account, quoted, address }: Told): Json | undefined {
  if (!quoted) return undefined;
  const participant = chatIdOf(quoted.from === 'business' ? account.external_id : address);
  return { id: quoted.id.split('_').at(-1), participant, body: quoted.text };
}
