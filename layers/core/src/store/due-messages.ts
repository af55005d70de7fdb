import type { DynamoDBRecord } from 'aws-lambda';
import type { Message } from '../domain/message.ts';
import { fromMessageImage } from './message-item.ts';
import type { Due } from './message-item.ts';
import { imageOf, isMessage } from './stream-image.ts';

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
