import type { SendError, Status } from '../../domain/status.ts';
import { compact, type Reading } from '../shared/read.ts';
import { mend, sendErrorOf } from '../shared/receipt.ts';
import { momentOf } from '../shared/time.ts';
import { stableId } from './address.ts';
import type { Context } from './message.ts';
import type { Message } from './wire.ts';

type Level = Exclude<Status, 'PENDING'> | 'PLAYED' | 'PENDING';

/** Names come first, because the engines' numbers differ by one. */
const names: Record<string, Level> = {
  ERROR: 'FAILED',
  FAILED: 'FAILED',
  PENDING: 'PENDING',
  QUEUED: 'PENDING',
  SERVER: 'SENT',
  SERVER_ACK: 'SENT',
  SENT: 'SENT',
  DEVICE: 'DELIVERED',
  DELIVERY_ACK: 'DELIVERED',
  DELIVERED: 'DELIVERED',
  READ: 'READ',
  PLAYED: 'PLAYED',
};

/** The numbers of WAHA and whatsapp-web.js. */
const numbers = new Map<number, Level>([
  [-1, 'FAILED'],
  [0, 'PENDING'],
  [1, 'SENT'],
  [2, 'DELIVERED'],
  [3, 'READ'],
  [4, 'PLAYED'],
]);

const failed = mend('provider_down', 'not_delivered', 'WhatsApp could not send the message.');

/** One receipt may report on several messages. */
export function readStatuses(message: Message, context: Context): Reading[] {
  const own = message.message_id ?? message.id ?? message.messageId;
  const ids = message.ids ?? (own === undefined ? [] : [own]);
  return ids.length > 0 ? ids.map((id) => readStatus(id, message, context)) : ['receipt without a message id'];
}

function readStatus(id: string, message: Message, context: Context): Reading {
  if (message.fromMe === false || id.startsWith('false_'))
    return { kind: 'ignored', why: 'receipt of a received message' };
  if (message.receipt_type !== undefined && message.chat_id?.endsWith('@g.us'))
    return { kind: 'ignored', why: 'receipt of one member of a group' };
  const level = levelOf(message);
  if (level === undefined) return 'receipt of an unknown level';
  if (level === 'PENDING') return { kind: 'ignored', why: 'not sent yet' };
  const played = level === 'PLAYED';
  return {
    kind: 'status',
    providerMessageId: stableId(id),
    status: played ? 'READ' : level,
    ...compact({
      providerAt: context.at ?? momentOf(message.timestamp),
      detail: played ? 'played' : undefined,
      error: level === 'FAILED' ? notDelivered(message.ackName ?? message.ack?.toString()) : undefined,
    }),
  };
}

/** A receipt of level ERROR says no more than that. */
function notDelivered(providerCode: string | undefined): SendError {
  return sendErrorOf(failed, providerCode);
}

function levelOf(message: Message): Level | undefined {
  const name = (message.ackName ?? message.receipt_type ?? message.status)?.toUpperCase();
  if (name !== undefined && Object.hasOwn(names, name)) return names[name];
  return message.ack === undefined ? undefined : numbers.get(message.ack);
}
