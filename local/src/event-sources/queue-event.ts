import type { Message, MessageAttributeValue } from '@aws-sdk/client-sqs';
import { fitsPattern } from './filter.ts';

/** A message as a function gets it. Form: docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export type QueueRecord = {
  messageId: string;
  receiptHandle: string;
  body: string;
  attributes: Record<string, string>;
  messageAttributes: Record<string, QueueRecordAttribute>;
  md5OfBody: string;
  md5OfMessageAttributes?: string;
  eventSource: 'aws:sqs';
  eventSourceARN: string;
  awsRegion: string;
};

type QueueRecordAttribute = {
  stringValue?: string;
  binaryValue?: string;
  stringListValues: never[];
  binaryListValues: never[];
  dataType: string;
};

export function queueRecord(message: Message, queue: string): QueueRecord {
  const attributes = Object.entries(message.MessageAttributes ?? {});
  return {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    attributes: { ...message.Attributes },
    messageAttributes: Object.fromEntries(attributes.map(([name, value]) => [name, recordAttribute(value)])),
    md5OfBody: message.MD5OfBody ?? '',
    ...(message.MD5OfMessageAttributes !== undefined && { md5OfMessageAttributes: message.MD5OfMessageAttributes }),
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${queue}`,
    awsRegion: 'us-east-1',
  };
}

function recordAttribute({ StringValue, BinaryValue, DataType }: MessageAttributeValue): QueueRecordAttribute {
  return {
    ...(StringValue !== undefined && { stringValue: StringValue }),
    ...(BinaryValue !== undefined && { binaryValue: Buffer.from(BinaryValue).toString('base64') }),
    stringListValues: [],
    binaryListValues: [],
    dataType: DataType ?? 'String',
  };
}

/** True when one of the filters fits. A pattern for fields of the body reads the body as JSON. */
export function isWanted(record: QueueRecord, filters: readonly unknown[]): boolean {
  if (filters.length === 0) return true;
  const withParsedBody = { ...record, body: parsed(record.body) };
  return filters.some((filter) => fitsPattern(filter, readsBodyAsText(filter) ? record : withParsedBody));
}

function readsBodyAsText(filter: unknown): boolean {
  return Array.isArray((filter as { body?: unknown }).body);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
