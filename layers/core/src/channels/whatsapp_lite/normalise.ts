import * as v from 'valibot';
import { phoneNumber, type Counterparty, type Identity } from '../../domain/contact.ts';
import type { Element } from '../contract.ts';
import { compact, elementOf, fieldsOf, readAs, reasonOf, type Reading } from '../shared/read.ts';
import { momentOf } from '../shared/time.ts';
import { identityOf, isBroadcast, stableId } from './address.ts';
import { bodyOf, linkOf, typeOf, writtenIn } from './body.ts';
import { manifest } from './manifest.ts';
import { readStatuses } from './receipts.ts';
import * as wire from './wire.ts';

/** What a gateway tells beside the message: its own number, and when the event was made. */
export interface Context {
  me?: string;
  at?: number;
}

type Reader = (message: wire.Message, context: Context, raw: unknown) => Reading;

const readers: Record<string, Reader> = {
  message: readMessage,
  'message.any': readMessage,
  'message.reaction': readReaction,
  'message.revoked': readDeletion,
  'message.edited': readEdit,
};

const receipts = new Set(['message.ack', 'message.ack.group']);

/** Events about the session or about other people's doings, none of them a message. */
const IGNORED =
  /^(session\.status|state\.change|engine\.event|presence\.update|chat_presence|(group|call|label|chat)\..+)$/;

/** Messages about messages, of which nothing is shown. */
const notices = new Set(['e2e_notification', 'notification', 'notification_template', 'gp2', 'protocol', 'call_log']);

/** One event or flat message, or a list of them. */
export function normalise(payload: unknown): Element[] {
  const items: unknown[] = Array.isArray(payload) ? payload : [payload];
  return items.length > 0 ? items.flatMap(elementsOf) : [{ ok: false, reason: 'nothing in it', raw: payload }];
}

function elementsOf(raw: unknown): Element[] {
  const envelope = readAs(wire.envelope, raw);
  if (!envelope) return elementsOfMessage(raw, raw, {});
  const { event: name, me, device_id, timestamp, payload } = envelope;
  if (IGNORED.test(name)) return [elementOf(raw, undefined, () => ({ kind: 'ignored', why: whyOf(name, payload) }))];
  const context = compact({ me: phoneNumber(me?.id ?? device_id ?? ''), at: momentOf(timestamp) });
  return elementsOfMessage(raw, payload, context, name);
}

function elementsOfMessage(raw: unknown, payload: unknown, context: Context, event = 'message'): Element[] {
  const parsed = v.safeParse(wire.message, payload);
  if (!parsed.success) return [elementOf(raw, context.me, () => reasonOf(parsed.issues, 'payload'))];
  const message = parsed.output;
  const account = context.me ?? businessOf(message);
  if (receipts.has(event) || isReceipt(message)) {
    return readStatuses(message, context).map((reading) => elementOf(raw, account, () => reading));
  }
  const reader = Object.hasOwn(readers, event) ? readers[event] : undefined;
  return [elementOf(raw, account, () => reader?.(message, context, raw) ?? `unknown event ${event.slice(0, 60)}`)];
}

/** A flat report: it has a level or a status and nothing a customer could have written. */
function isReceipt(message: wire.Message): boolean {
  const level = message.ack ?? message.ackName ?? message.receipt_type ?? message.status;
  return (
    level !== undefined &&
    writtenIn(message) === undefined &&
    !message.hasMedia &&
    !linkOf(message) &&
    !message.location
  );
}

function readMessage(message: wire.Message, _: Context, raw: unknown): Reading {
  const id = idOf(message);
  if (id === undefined) return 'message without an id';
  if (message.channel !== undefined && !isOurs(message.channel)) return 'message of another channel';
  if (isBroadcast(chatOf(message))) return { kind: 'ignored', why: 'status post, broadcast or channel' };
  if (notices.has(typeOf(message) ?? '')) return { kind: 'ignored', why: `notice ${typeOf(message)}` };
  const counterparty = counterpartyOf(message);
  if (!counterparty) return 'message that names no customer';
  const original = message.replyTo?.id ?? message.replied_to_id ?? message.reply_to;
  return {
    kind: 'message',
    direction: isOwn(message) ? 'OUTBOUND' : 'INBOUND',
    providerMessageId: id,
    counterparty,
    body: bodyOf(message, raw),
    ...compact({ providerAt: momentOf(message.timestamp), replyTo: original && stableId(original) }),
  };
}

function isOurs(channel: string): boolean {
  const name = channel.toLowerCase().replaceAll('-', '_');
  return name === manifest.name || (manifest.aliases ?? []).includes(name);
}

/** An empty text takes the reaction back. */
function readReaction(message: wire.Message, context: Context, raw: unknown): Reading {
  const target = message.reaction?.messageId;
  if (!target) return 'reaction without a target';
  const event = readMessage(message, context, raw);
  if (typeof event === 'string' || event.kind !== 'message') return event;
  return { ...event, body: { type: 'reaction', emoji: message.reaction?.text || null, target: stableId(target) } };
}

/** `before` is the message that was deleted, where the engine still has it; `after` the notice in its place. */
function readDeletion(message: wire.Message, context: Context, raw: unknown): Reading {
  const change = readAs(wire.change, message);
  const original = change?.revokedMessageId ?? idOf(change?.before) ?? idOf(change?.after);
  const event = readMessage(change?.before ?? change?.after ?? message, context, raw);
  if (!original || typeof event === 'string' || event.kind !== 'message') return 'deletion that names no message';
  return {
    ...event,
    providerMessageId: `${stableId(original)}:deleted`,
    replyTo: stableId(original),
    body: { type: 'system', event: 'message_deleted', text: 'The message was deleted' },
    ...compact({ providerAt: momentOf(change?.after?.timestamp) ?? event.providerAt }),
  };
}

/** The new text stands as an event of its own that points to the edited message. */
function readEdit(message: wire.Message, context: Context, raw: unknown): Reading {
  const event = readMessage(message, context, raw);
  if (typeof event === 'string' || event.kind !== 'message') return event;
  const original = stableId(readAs(wire.change, message)?.editedMessageId ?? event.providerMessageId);
  const text = writtenIn(message) ?? '';
  const providerMessageId =
    original === event.providerMessageId ? `${original}:edit:${event.providerAt}` : event.providerMessageId;
  return { ...event, providerMessageId, replyTo: original, body: { type: 'system', event: 'message_edited', text } };
}

/** A group is the counterparty itself. A person's number comes first, where the gateway knows it beside the privacy id. */
function counterpartyOf(message: wire.Message): Counterparty | undefined {
  const chat = identityOf(chatOf(message));
  if (!chat) return undefined;
  const name =
    message.contact_name ?? message.contactName ?? message.from_name ?? message.pushName ?? message.notifyName;
  const known = compact({ name: name ?? message._data?.notifyName ?? message._data?.pushName });
  if (chat.kind === 'group') return { identities: [chat] };
  const [first = chat, ...rest] = aliasesOf(message, chat);
  return { identities: [first, ...rest], ...(isOwn(message) ? {} : known) };
}

function aliasesOf(message: wire.Message, chat: Identity): Identity[] {
  const key = message._data?.key;
  const lid = isOwn(message) ? undefined : message.from_lid;
  const others = [key?.remoteJidAlt, key?.senderPn, lid].map(identityOf);
  const all = [chat, ...others].filter((each) => each !== undefined);
  const kinds = (['phone', 'lid'] as const).map((kind) => all.find((each) => each.kind === kind));
  return kinds.filter((each) => each !== undefined);
}

function idOf(message: wire.Message | undefined): string | undefined {
  const id = message?.message_id ?? message?.id ?? message?.messageId;
  return id === undefined ? undefined : stableId(id);
}

function chatOf(message: wire.Message): string | undefined {
  return message.chat_id ?? message.chatId ?? (isOwn(message) ? message.to : message.from);
}

function isOwn(message: wire.Message): boolean {
  return message.fromMe ?? message.is_from_me ?? false;
}

/** The business's own number, as the account is called. */
function businessOf(message: wire.Message): string | undefined {
  return phoneNumber((isOwn(message) ? message.from : message.to) ?? '');
}

function whyOf(event: string, payload: unknown): string {
  const status = fieldsOf(payload)['status'];
  return typeof status === 'string' ? `${event} ${status.slice(0, 60)}` : event;
}
