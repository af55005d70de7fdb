import type { Counterparty } from '../../domain/contact.ts';
import type { Element } from '../contract.ts';
import { compact, elementOf, fieldsOf, readAs, type Reading } from '../shared/read.ts';
import { momentOf } from '../shared/time.ts';
import { identityOf, isBroadcast, personAt } from './address.ts';
import { bodyOf, originalIn } from './evolution-body.ts';
import { readGroup } from './group-name.ts';
import * as wire from './evolution-wire.ts';
import { readStatuses } from './receipts.ts';
import { connectionNews, noCodesLeft } from './connection.ts';

type Reader = (data: unknown, at: number | undefined) => Reading;

/** Evolution's events (2.x), which are Baileys' own. */
const readers: Record<string, Reader> = {
  'messages.upsert': readMessage,
  'send.message': readMessage,
  'messages.update': readStatus,
  'messages.edited': readProtocol,
  'send.message.update': readProtocol,
  'messages.delete': readDeletion,
  'connection.update': readConnection,
  'qrcode.updated': readQrCode,
  'contacts.upsert': readPerson,
  'contacts.update': readPerson,
  'groups.upsert': readGroup,
  'groups.update': readGroup,
  'group.update': readGroup,
};

const IGNORED =
  /^(application\.startup|messages\.set|contacts\.set|chats\..+|presence\.update|group-participants\.update|labels\..+|call|typebot\..+|(remove|logout|status)\.instance|instance\..+)$/;

/** One webhook. `data` is one thing, or a list of them. */
export function elementsOfEvolution(payload: unknown): Element[] {
  const { apikey: _, ...raw } = fieldsOf(payload);
  const event = readAs(wire.event, payload);
  if (!event) return [elementOf(raw, undefined, () => 'no event of Evolution')];
  const name = event.event.toLowerCase().replaceAll('_', '.');
  if (IGNORED.test(name)) return [elementOf(raw, undefined, () => ({ kind: 'ignored', why: name }))];
  const reader = Object.hasOwn(readers, name) ? readers[name] : undefined;
  if (!reader) return [elementOf(raw, undefined, () => `unknown event ${name.slice(0, 60)}`)];
  const items: unknown[] = Array.isArray(event.data) ? event.data : [event.data];
  return items.map((item) => elementOf(raw, undefined, () => reader(item, momentOf(raw['date_time']))));
}

function readMessage(data: unknown): Reading {
  const parsed = readAs(wire.message, data);
  if (!parsed) return 'message without a key';
  const { key, message, messageType, messageTimestamp, contextInfo } = parsed;
  if (isBroadcast(key.remoteJid)) return { kind: 'ignored', why: 'status post, broadcast or channel' };
  const counterparty = counterpartyOf(key, parsed.pushName);
  if (!counterparty) return 'message that names no customer';
  if (!message) return { kind: 'ignored', why: 'message that says nothing' };
  return {
    kind: 'message',
    direction: key.fromMe ? 'OUTBOUND' : 'INBOUND',
    providerMessageId: key.id,
    counterparty,
    body: bodyOf(message, messageType, data),
    ...compact({
      providerAt: momentOf(messageTimestamp),
      author: authorOf(key, parsed.pushName),
      replyTo: contextInfo?.stanzaId ?? originalIn(message),
    }),
  };
}

/** Names of statuses are Baileys' own; what a member of a group has done says nothing of the others. */
function readStatus(data: unknown, at: number | undefined): Reading {
  const update = readAs(wire.update, data);
  if (!update) return 'status without a message';
  const { keyId, remoteJid, fromMe, participant, status } = update;
  if (remoteJid?.endsWith('@g.us') && participant !== undefined)
    return { kind: 'ignored', why: 'receipt of one member of a group' };
  if (status === 'DELETED' || status === 'EDITED') return { kind: 'ignored', why: `status ${status}` };
  return readStatuses({ id: keyId, ...compact({ fromMe, status }) }, compact({ at }))[0] ?? 'status without a message';
}

/** An edit or a revocation; other protocol messages are the phones' own business. */
function readProtocol(data: unknown): Reading {
  const parsed = readAs(wire.protocol, data);
  const counterparty = parsed && counterpartyOf(parsed.key);
  if (!parsed || !counterparty) return { kind: 'ignored', why: 'protocol message' };
  const { key, type, editedMessage, timestampMs } = parsed;
  const revision = { kind: 'revision', providerMessageId: key.id, counterparty } as const;
  const time = compact({ providerAt: momentOf(timestampMs) });
  if (type === 'REVOKE' || type === 0) return { ...revision, body: null, ...time };
  if (!editedMessage) return { kind: 'ignored', why: `protocol message ${type}` };
  return { ...revision, body: reworded(editedMessage, data), ...time };
}

/** New words of a file come beside what is known of it, which stays as it is. */
function reworded(content: wire.Content, raw: unknown) {
  const body = bodyOf(content, undefined, raw);
  return 'media' in body ? { type: 'text' as const, text: body.text ?? '' } : body;
}

/** A deletion is told by the message's key, or by all that was kept of it. */
function readDeletion(data: unknown, at: number | undefined): Reading {
  const key = readAs(wire.key, fieldsOf(data)['key'] ?? data);
  const counterparty = key && counterpartyOf(key);
  if (!key || !counterparty) return 'deletion that names no message';
  return { kind: 'revision', providerMessageId: key.id, counterparty, body: null, ...compact({ providerAt: at }) };
}

function readConnection(data: unknown): Reading {
  const update = readAs(wire.connection, data);
  const news = update && connectionNews(update.state, update.statusReason);
  return news ? { kind: 'account', news } : `unknown connection state ${update?.state.slice(0, 60)}`;
}

function readQrCode(data: unknown): Reading {
  const code = readAs(wire.qrCode, data);
  if (code?.qrcode?.code) return { kind: 'account', news: { about: 'session', state: 'scan_qr' } };
  return { kind: 'account', news: noCodesLeft };
}

/** A privacy id whose number has become known. */
function readPerson(data: unknown): Reading {
  const person = readAs(wire.person, data);
  const known = [person?.remoteJid, person?.id, person?.remoteJidAlt, person?.lid, person?.phoneNumber].map(identityOf);
  const from = known.find((identity) => identity?.kind === 'lid');
  const to = known.find((identity) => identity?.kind === 'phone');
  return from && to ? { kind: 'identity', from, to } : { kind: 'ignored', why: 'nothing new of a contact' };
}

function counterpartyOf(key: wire.Key, name?: string): Counterparty | undefined {
  const group = identityOf(key.remoteJid);
  if (group?.kind === 'group') return { identities: [group] };
  const identities = personAt([key.remoteJid, key.remoteJidAlt, ...(key.fromMe ? [] : [key.senderPn, key.senderLid])]);
  return identities && { identities, ...(key.fromMe ? {} : compact({ name: nameIn(name) })) };
}

function authorOf(key: wire.Key, name: string | undefined): string | undefined {
  if (key.fromMe || !key.remoteJid.endsWith('@g.us')) return undefined;
  return nameIn(name) ?? personAt([key.participantAlt, key.participantPn, key.participant])?.[0].value;
}

/** Evolution puts the number where there is no name. */
function nameIn(name: string | undefined): string | undefined {
  return name && !/^[\d@+]+/.test(name) ? name : undefined;
}
