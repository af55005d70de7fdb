import type { EvolutionAccount, WhatsappLiteAccount } from '../account.ts';
import type { Json } from '../../json.ts';
import { present } from '../json.ts';
import { isMediaBody, type MediaBody } from '../phone-body.ts';
import { chatIdOf, digitsOf, jidOf, keyOf, lidOf } from './ids.ts';
import { fileUrl, participantOf, vcardsOf, type Ack, type Told } from './payload.ts';
import type { SessionStatus } from './sessions.ts';
import type { Hooks } from './hooks.ts';

/** One less than WAHA's numbers, so Evolution's names are what counts. */
const statuses: Record<Ack, string> = {
  [-1]: 'ERROR',
  0: 'PENDING',
  1: 'SERVER_ACK',
  2: 'DELIVERY_ACK',
  3: 'READ',
  4: 'PLAYED',
};

/** A connection's state, and Baileys' reason for it. */
const connections: Record<SessionStatus, { state: string; statusReason: number }> = {
  STOPPED: { state: 'close', statusReason: 401 },
  STARTING: { state: 'connecting', statusReason: 200 },
  SCAN_QR_CODE: { state: 'connecting', statusReason: 200 },
  WORKING: { state: 'open', statusReason: 200 },
  FAILED: { state: 'refused', statusReason: 428 },
};

/** What Evolution tells. */
export const evolutionHooks: Hooks = {
  message: (told, at) =>
    event(told.account, told.source === 'api' ? 'send.message' : 'messages.upsert', messageOf(told), at),

  reaction: (told, { target, emoji }, at) => {
    const key = { remoteJid: remoteJid(told.chatId), fromMe: target.startsWith('true'), id: keyOf(target) };
    const content = { reactionMessage: { key, text: emoji } };
    return event(
      told.account,
      'messages.upsert',
      { ...messageOf(told), message: content, messageType: 'reactionMessage' },
      at,
    );
  },

  change: ({ told, text }, at) => {
    const key = keyOfMessage(told);
    if (text === undefined) return event(told.account, 'messages.edited', { key, type: 'REVOKE' }, at);
    const content = isMediaBody(told.message.body) ? { imageMessage: { caption: text } } : { conversation: text };
    const name = told.message.from === 'business' ? 'send.message.update' : 'messages.edited';
    return event(
      told.account,
      name,
      { key, type: 'MESSAGE_EDIT', editedMessage: content, timestampMs: String(at) },
      at,
    );
  },

  ack: (account, { id, chatId, participant }, ack, at) =>
    event(
      account,
      'messages.update',
      present({
        keyId: keyOf(id),
        remoteJid: remoteJid(chatId),
        fromMe: true,
        participant,
        status: statuses[ack],
        instanceId: 'i',
      }),
      at,
    ),

  group: (account, group, at) => event(account, 'groups.update', [{ ...group }], at),

  status: (account, status, at) => {
    if (status === 'SCAN_QR_CODE')
      return event(
        account,
        'qrcode.updated',
        { qrcode: { instance: nameOf(account), pairingCode: null, code: '2@shown-elsewhere' } },
        at,
      );
    return event(account, 'connection.update', { instance: nameOf(account), ...connections[status] }, at);
  },
};

/** What Evolution knows of a connection that is asked for. */
export function connectionOf(status: SessionStatus): string {
  return status === 'FAILED' ? 'close' : connections[status].state;
}

/** A message as Evolution's answers and webhooks carry it. */
export function messageOf(told: Told): Json {
  const content = contentOf(told);
  const fromMe = told.message.from === 'business';
  return {
    key: keyOfMessage(told),
    pushName: fromMe ? 'Você' : (told.phone?.name ?? ''),
    status: fromMe ? 'PENDING' : 'DELIVERY_ACK',
    message: content,
    contextInfo: told.quoted ? { stanzaId: keyOf(told.quoted.id) } : null,
    messageType: Object.keys(content)[0] ?? 'unknown',
    messageTimestamp: Math.floor(Date.parse(told.message.at) / 1000),
    instanceId: 'i',
    source: told.source === 'api' ? 'web' : 'android',
  };
}

function keyOfMessage(told: Told): Json {
  const { message, chatId, phone, bothNames } = told;
  const author = participantOf(told);
  const other = phone && (chatId.endsWith('@lid') ? jidOf(phone.address) : lidOf(phone));
  return present({
    remoteJid: remoteJid(chatId),
    fromMe: message.from === 'business',
    id: keyOf(message.id),
    remoteJidAlt: bothNames ? other : undefined,
    participant: author === null ? undefined : remoteJid(author),
  });
}

function contentOf(told: Told): Json {
  const { message } = told;
  const { body } = message;
  if (isMediaBody(body)) return fileOf(told, body);
  if (body.type === 'location')
    return {
      locationMessage: {
        degreesLatitude: body.latitude,
        degreesLongitude: body.longitude,
        name: body.name ?? '',
        address: body.address ?? '',
      },
    };
  const [first, ...more] = (vcardsOf(message) ?? []).map((vcard) => ({ vcard }));
  if (first)
    return more.length > 0 ? { contactsArrayMessage: { contacts: [first, ...more] } } : { contactMessage: first };
  return { conversation: message.text ?? '' };
}

function fileOf(told: Told, body: MediaBody): Json {
  const file = present({
    url: 'https://mmg.whatsapp.net/sealed',
    mimetype: body.mime,
    caption: body.caption,
    fileName: body.type === 'document' ? body.filename : undefined,
    ptt: body.voice,
  });
  return { [`${body.type}Message`]: file, mediaUrl: fileUrl(told, body) };
}

function remoteJid(chatId: string): string {
  return chatId.endsWith('@c.us') ? `${digitsOf(chatId)}@s.whatsapp.net` : chatId;
}

function nameOf(account: WhatsappLiteAccount): string {
  return (account as EvolutionAccount).instance;
}

/** What Evolution wraps around an event: the account's own key among it. */
function event(account: WhatsappLiteAccount, name: string, data: Json | Json[], at: number): Json {
  return {
    event: name,
    instance: nameOf(account),
    data,
    destination: account.webhook_url,
    date_time: new Date(at).toISOString(),
    sender: `${digitsOf(chatIdOf(account.external_id))}@s.whatsapp.net`,
    server_url: 'http://evolution',
    apikey: account.api_key,
  };
}
