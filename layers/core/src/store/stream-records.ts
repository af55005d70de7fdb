import type { DynamoDBRecord } from 'aws-lambda';
import type { Broadcast } from '../domain/broadcast.ts';
import type { ChannelAccount } from '../domain/channel-account.ts';
import type { Conversation } from '../domain/conversation.ts';
import type { Message } from '../domain/message.ts';
import { fromConversationImage } from './conversation-item.ts';
import { ACCOUNT_PREFIX } from './keys/accounts.ts';
import { BROADCAST_PREFIX } from './keys/broadcasts.ts';
import { fromMessageImage } from './message-item.ts';
import { imageOf, isMessage, keyOf } from './stream-image.ts';

/** One change of the table that clients care about. `position` is its place in the stream; places of one conversation's items only grow. */
export type TableChange =
  | { kind: 'message'; position: string; before: Message | undefined; after: Message }
  | { kind: 'conversation'; position: string; after: Conversation }
  | { kind: 'account'; position: string; before: ChannelAccount | undefined; after: ChannelAccount }
  | { kind: 'broadcast'; position: string; before: Broadcast | undefined; after: Broadcast };

/** A change of one kind. */
export type ChangeOf<K extends TableChange['kind']> = Extract<TableChange, { kind: K }>;

/** The change that this record is, if clients care about it. The projection's own writes are not changes: whoever made them tells of them. */
export async function readChange(record: DynamoDBRecord): Promise<TableChange | undefined> {
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
  // accounts and broadcasts change seldom: what reads them is loaded for the first
  if (keyOf(record).startsWith(ACCOUNT_PREFIX))
    return (await import('./seldom-changes.ts')).accountChange(position, before, after);
  if (keyOf(record).startsWith(BROADCAST_PREFIX))
    return (await import('./seldom-changes.ts')).broadcastChange(position, before, after);
  const conversation = fromConversationImage(after);
  return !before || fromConversationImage(before).applied !== conversation.applied
    ? undefined
    : { kind: 'conversation', position, after: conversation };
}
