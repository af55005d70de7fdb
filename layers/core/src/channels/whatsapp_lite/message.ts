import type { Counterparty } from '../../domain/contact.ts';
import { phoneNumber } from '../../domain/phone-number.ts';
import { compact, type Reading } from '../shared/read.ts';
import { momentOf } from '../shared/time.ts';
import { identityOf, isBroadcast, personAt, stableId } from './address.ts';
import { bodyOf, typeOf } from './body.ts';
import { manifest } from './manifest.ts';
import type * as wire from './wire.ts';

/** What a gateway tells beside the message: its own number, and when the event was made. */
export interface Context {
  me?: string;
  at?: number;
}

/** Messages about messages, of which nothing is shown. */
const notices = new Set(['e2e_notification', 'notification', 'notification_template', 'gp2', 'protocol', 'call_log']);

/** A message, or why it is none. */
export function readMessage(message: wire.Message, raw: unknown): Reading {
  const id = idOf(message);
  if (id === undefined) return 'message without an id';
  if (message.channel !== undefined && !isOurs(message.channel)) return 'message of another channel';
  if (isBroadcast(chatOf(message))) return { kind: 'ignored', why: 'status post, broadcast or channel' };
  if (notices.has(typeOf(message) ?? '')) return { kind: 'ignored', why: `notice ${typeOf(message)}` };
  const counterparty = counterpartyOf(message);
  if (!counterparty) return 'message that names no customer';
  const providerAt = momentOf(message.timestamp);
  if (typeOf(message) === 'revoked')
    return { kind: 'revision', providerMessageId: id, counterparty, body: null, ...compact({ providerAt }) };
  const original = message.replyTo ?? message.replied_to_id ?? message.reply_to;
  return {
    kind: 'message',
    direction: isOwn(message) ? 'OUTBOUND' : 'INBOUND',
    providerMessageId: id,
    counterparty,
    body: bodyOf(message, raw),
    ...compact({ providerAt, author: authorOf(message), replyTo: original && stableId(original) }),
  };
}

/** A group is the counterparty itself. A person's number comes first, where the gateway knows it beside the privacy id. */
export function counterpartyOf(message: wire.Message): Counterparty | undefined {
  const chat = chatOf(message);
  const group = identityOf(chat);
  if (group?.kind === 'group') return { identities: [group] };
  const key = message._data?.key;
  const lid = isOwn(message) ? undefined : message.from_lid;
  const identities = personAt([chat, key?.remoteJidAlt, key?.senderPn, lid]);
  return identities && { identities, ...(isOwn(message) ? {} : compact({ name: nameOf(message) })) };
}

/** The stable part of a message's id. */
export function idOf(message: wire.Message | undefined): string | undefined {
  const id = message?.message_id ?? message?.id ?? message?.messageId;
  return id === undefined ? undefined : stableId(id);
}

/** The business's own number, as the account is called. */
export function businessOf(message: wire.Message): string | undefined {
  return phoneNumber((isOwn(message) ? message.from : message.to) ?? '');
}

/** Who of a group wrote: by name, else by number. */
function authorOf(message: wire.Message): string | undefined {
  if (isOwn(message) || identityOf(chatOf(message))?.kind !== 'group') return undefined;
  const key = message._data?.key;
  const addresses = [key?.participantAlt, key?.participantPn, message.participant, message.author];
  return nameOf(message) ?? personAt(addresses)?.[0].value;
}

function nameOf(message: wire.Message): string | undefined {
  const name =
    message.contact_name ?? message.contactName ?? message.from_name ?? message.pushName ?? message.notifyName;
  return (name ?? message._data?.notifyName ?? message._data?.pushName) || undefined;
}

function chatOf(message: wire.Message): string | undefined {
  return message.chat_id ?? message.chatId ?? (isOwn(message) ? message.to : message.from);
}

function isOwn(message: wire.Message): boolean {
  return message.fromMe ?? message.is_from_me ?? false;
}

function isOurs(channel: string): boolean {
  const name = channel.toLowerCase().replaceAll('-', '_');
  return name === manifest.name || (manifest.aliases ?? []).includes(name);
}
