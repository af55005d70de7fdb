import type { ChannelName } from '../domain/channel.ts';
import type { Message } from '../domain/message.ts';
import { awsJson } from './aws.ts';
import { setting } from './environment.ts';

/** What a queue carries: which message, not what it says. */
export interface MessageTask {
  organizationId: Message['organizationId'];
  messageId: Message['id'];
}

interface Entry {
  Id: string;
  MessageBody: string;
  MessageGroupId?: string;
  MessageDeduplicationId?: string;
}

/** A conversation is a FIFO group: its messages keep their order, and a slow one holds up nobody else. */
export async function queueSends(channel: ChannelName, messages: Message[]): Promise<void> {
  await sendAll(sendQueueUrl(channel), messages, (message) => ({
    MessageGroupId: message.conversationId,
    MessageDeduplicationId: `${message.id.slice(0, 40)}.${message.attempt}`,
  }));
}

export async function queueMedia(messages: Message[]): Promise<void> {
  await sendAll(setting('MEDIA_QUEUE_URL'), messages, () => ({}));
}

/** The queue is the only waiting place: a received message stays hidden for so long. */
export function hide(channel: ChannelName, receiptHandle: string, seconds: number): Promise<void> {
  return changeVisibility(sendQueueUrl(channel), receiptHandle, seconds);
}

export function hideMedia(receiptHandle: string, seconds: number): Promise<void> {
  return changeVisibility(setting('MEDIA_QUEUE_URL'), receiptHandle, seconds);
}

/** SQS allows whole seconds, at most 12 hours. */
async function changeVisibility(queueUrl: string, receiptHandle: string, seconds: number): Promise<void> {
  const VisibilityTimeout = Math.min(Math.max(Math.ceil(seconds), 0), 43_200);
  await awsJson('sqs', 'ChangeMessageVisibility', {
    QueueUrl: queueUrl,
    ReceiptHandle: receiptHandle,
    VisibilityTimeout,
  });
}

function sendQueueUrl(channel: ChannelName): string {
  return setting(`SEND_QUEUE_URL_${channel.toUpperCase()}`);
}

/** SQS takes ten messages per call. */
async function sendAll(queueUrl: string, messages: Message[], fifo: (message: Message) => object): Promise<void> {
  for (let start = 0; start < messages.length; start += 10) {
    const entries = messages.slice(start, start + 10).map((message, index) => toEntry(message, index, fifo(message)));
    const output = await awsJson<{ Failed?: { Id: string; Code: string }[] }>('sqs', 'SendMessageBatch', {
      QueueUrl: queueUrl,
      Entries: entries,
    });
    const failed = output.Failed?.[0];
    if (failed)
      throw new Error(`SQS refused ${output.Failed?.length ?? 0} of ${entries.length} messages: ${failed.Code}`);
  }
}

function toEntry(message: Message, index: number, fifo: object): Entry {
  const task: MessageTask = { organizationId: message.organizationId, messageId: message.id };
  return { Id: String(index), MessageBody: JSON.stringify(task), ...fifo };
}
