import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { Conversation } from '../domain/conversation.ts';
import type { Message } from '../domain/message.ts';
import { fromConversationImage } from './conversations.ts';
import { MESSAGE_PREFIX } from './keys.ts';
import { fromMessageImage } from './message-item.ts';
import type { Due } from './message-item.ts';

/** One change of the table that clients care about. `position` is its place in the stream; places of one conversation's items only grow. */
export type TableChange =
  | { kind: 'message'; position: string; before: Message | undefined; after: Message }
  | { kind: 'conversation'; position: string; after: Conversation };

/** The message that this record made due for its next step, if it did. */
export function readDue(record: DynamoDBRecord): { due: Due; message: Message } | undefined {
  const after = imageOf(record, 'NewImage');
  if (!after || !isMessage(record)) return undefined;
  const { due, message } = fromMessageImage(after);
  const before = imageOf(record, 'OldImage');
  return due === undefined || (before && fromMessageImage(before).due === due) ? undefined : { due, message };
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
  const conversation = fromConversationImage(after);
  return !before || fromConversationImage(before).applied !== conversation.applied
    ? undefined
    : { kind: 'conversation', position, after: conversation };
}

function isMessage(record: DynamoDBRecord): boolean {
  return record.dynamodb?.Keys?.['sk']?.S?.startsWith(MESSAGE_PREFIX) ?? false;
}

/** Lambda's event and the SDK describe one wire format with two types. */
function imageOf(record: DynamoDBRecord, image: 'NewImage' | 'OldImage'): Record<string, AttributeValue> | undefined {
  return record.dynamodb?.[image] as Record<string, AttributeValue> | undefined;
}
