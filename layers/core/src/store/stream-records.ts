import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { Broadcast } from '../domain/broadcast.ts';
import type { ChannelAccount } from '../domain/channel-account.ts';
import type { Conversation } from '../domain/conversation.ts';
import type { Message } from '../domain/message.ts';
import type { Series } from '../domain/series.ts';
import { fromAttributes } from './attributes.ts';
import { fromBroadcastImage } from './broadcast-item.ts';
import type { BroadcastDue } from './broadcast-item.ts';
import { fromAccountItem } from './channel-accounts.ts';
import { fromConversationImage } from './conversations.ts';
import { ACCOUNT_PREFIX, BROADCAST_EXPORT, BROADCAST_PREFIX, MESSAGE_PREFIX, SERIES_PREFIX } from './keys.ts';
import { fromMessageImage } from './message-item.ts';
import type { Due } from './message-item.ts';
import type { BroadcastTask } from './queues.ts';
import { fromSeriesImage } from './series.ts';

/** One change of the table that clients care about. `position` is its place in the stream; places of one conversation's items only grow. */
export type TableChange =
  | { kind: 'message'; position: string; before: Message | undefined; after: Message }
  | { kind: 'conversation'; position: string; after: Conversation }
  | { kind: 'account'; position: string; before: ChannelAccount | undefined; after: ChannelAccount }
  | { kind: 'broadcast'; position: string; before: Broadcast | undefined; after: Broadcast };

/** The message that this record made due for its next step, or for another time, if it did. */
export function readDue(record: DynamoDBRecord): { due: Due; message: Message } | undefined {
  const after = imageOf(record, 'NewImage');
  if (!after || !isMessage(record)) return undefined;
  const { due, message } = fromMessageImage(after);
  const image = imageOf(record, 'OldImage');
  const before = image && fromMessageImage(image);
  const isSame = before?.due === due && before?.message.scheduledAt === message.scheduledAt;
  return due === undefined || isSame ? undefined : { due, message };
}

/** The broadcast that this record made due for its next step, if it did. A step that comes again asks for the same. */
export function readBroadcastDue(record: DynamoDBRecord): { due: BroadcastDue; broadcast: Broadcast } | undefined {
  const after = imageOf(record, 'NewImage');
  if (!after || !keyOf(record).startsWith(BROADCAST_PREFIX)) return undefined;
  const { due, broadcast } = fromBroadcastImage(after);
  const image = imageOf(record, 'OldImage');
  const before = image && fromBroadcastImage(image);
  const isSame = before?.due === due && before?.broadcast.step === broadcast.step;
  return due === undefined || isSame ? undefined : { due, broadcast };
}

/** The series that this record lets wait for an occurrence, or for another one, if it does. */
export function readSeriesDue(record: DynamoDBRecord): Series | undefined {
  const after = imageOf(record, 'NewImage');
  if (!after || !keyOf(record).startsWith(SERIES_PREFIX)) return undefined;
  const series = fromSeriesImage(after);
  const image = imageOf(record, 'OldImage');
  const isSame = image !== undefined && fromSeriesImage(image).next === series.next;
  return series.next === undefined || isSame ? undefined : series;
}

/** The export of a broadcast that this record asks for, if it does. */
export function readExportDue(record: DynamoDBRecord): BroadcastTask | undefined {
  const item = keyOf(record) === BROADCAST_EXPORT ? imageOf(record, 'NewImage') : undefined;
  if (item?.['due']?.S !== 'export') return undefined;
  const [organizationId, , broadcastId] = (item['pk']?.S ?? '').split('#');
  const step = Number(item['asked']?.N);
  return { organizationId, broadcastId, due: 'export', step } as BroadcastTask;
}

/** The change that this record is, if clients care about it. The projection's own writes are not changes: whoever made them tells of them. */
export function readChange(record: DynamoDBRecord): TableChange | undefined {
  const after = imageOf(record, 'NewImage');
  const before = imageOf(record, 'OldImage');
  const position = record.dynamodb?.SequenceNumber ?? '';
  if (!after) return undefined;
  if (isMessage(record))
    return {
      kind: 'message',
      position,
      before: before && fromMessageImage(before).message,
      after: fromMessageImage(after).message,
    };
  if (keyOf(record).startsWith(ACCOUNT_PREFIX))
    return { kind: 'account', position, before: before && accountIn(before), after: accountIn(after) };
  if (keyOf(record).startsWith(BROADCAST_PREFIX))
    return {
      kind: 'broadcast',
      position,
      before: before && fromBroadcastImage(before).broadcast,
      after: fromBroadcastImage(after).broadcast,
    };
  const conversation = fromConversationImage(after);
  return !before || fromConversationImage(before).applied !== conversation.applied
    ? undefined
    : { kind: 'conversation', position, after: conversation };
}

function isMessage(record: DynamoDBRecord): boolean {
  return keyOf(record).startsWith(MESSAGE_PREFIX);
}

function keyOf(record: DynamoDBRecord): string {
  return record.dynamodb?.Keys?.['sk']?.S ?? '';
}

function accountIn(image: Record<string, AttributeValue>): ChannelAccount {
  return fromAccountItem(fromAttributes(image));
}

/** Lambda's event and the SDK describe one wire format with two types. */
function imageOf(record: DynamoDBRecord, image: 'NewImage' | 'OldImage'): Record<string, AttributeValue> | undefined {
  return record.dynamodb?.[image] as Record<string, AttributeValue> | undefined;
}
