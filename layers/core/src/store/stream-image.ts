import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { MESSAGE_PREFIX } from './keys/conversations.ts';

/** Whether a record of the table's stream is of a message. */
export function isMessage(record: DynamoDBRecord): boolean {
  return keyOf(record).startsWith(MESSAGE_PREFIX);
}

/** The sort key of a record's item. */
export function keyOf(record: DynamoDBRecord): string {
  return record.dynamodb?.Keys?.['sk']?.S ?? '';
}

/** A record's item as it was or is. Lambda's event and the SDK describe one wire format with two types. */
export function imageOf(
  record: DynamoDBRecord,
  image: 'NewImage' | 'OldImage',
): Record<string, AttributeValue> | undefined {
  return record.dynamodb?.[image] as Record<string, AttributeValue> | undefined;
}
