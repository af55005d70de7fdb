import type { ChannelName } from '../domain/channel.ts';
import { compact } from '../domain/compact.ts';
import type { BroadcastId, OrganizationId } from '../domain/id.ts';
import type { Conversation } from '../domain/conversation.ts';
import type { Message } from '../domain/message.ts';
import type { Wait } from '../domain/waiting.ts';
import type { Lane } from '../domain/lanes.ts';
import { awsJson } from './aws.ts';
import { setting } from './environment.ts';

/** What a queue carries: which message, not what it says. */
export interface MessageTask {
  organizationId: Message['organizationId'];
  messageId: Message['id'];
}

/** A message to send, and the account it is to leave from. */
export interface SendTask extends MessageTask {
  channelAccountId: Message['channelAccountId'];
  /** of a message of a broadcast, which goes by the lane for those */
  broadcastId?: BroadcastId;
  /** a provider may take fewer of some types */
  bodyType: Message['body']['type'];
  /** what it has waited for outside its queue */
  wait?: Wait;
}

/** What is next for a broadcast. `step`: where the broadcast stood when this was asked for; once it has gone on, the task is stale. */
export interface BroadcastTask {
  organizationId: OrganizationId;
  broadcastId: BroadcastId;
  due: 'import' | 'run' | 'export' | 'retry';
  step: number;
}

/** Someone new whose name their provider can tell. */
export interface ProfileTask {
  organizationId: Conversation['organizationId'];
  conversationId: Conversation['id'];
}

/** What a webhook told, to be worked on now that it is answered: itself, or, where it is too much for a queue, where in the bucket it lies. */
export interface LaterTask {
  organizationId: Message['organizationId'];
  channelAccountId: Message['channelAccountId'];
  event: { told: unknown } | { key: string };
}

/** Files of a message that was taken back: all whose keys begin so. */
export interface ForgetTask {
  folder: string;
}

interface Entry {
  Id: string;
  MessageBody: string;
  MessageGroupId?: string;
  MessageDeduplicationId?: string;
  DelaySeconds?: number;
}

/**
 * A conversation is a FIFO group: its messages keep their order, and a slow one holds up nobody else. A record of the stream that comes again has the
 * same time of its last change, so it queues nothing; a message that was let go on does. Messages of broadcasts have a queue of their own, so
 * that a million of them delay no answer: between the two queues no order is promised.
 */
export async function queueSends(channel: ChannelName, messages: Message[]): Promise<void> {
  const lanes = Map.groupBy(messages, laneOf);
  await Promise.all([...lanes].map(([lane, own]) => sendAll(sendQueueUrl(channel, lane), own, fifoOf)));
}

function fifoOf(message: Message): object {
  return {
    MessageGroupId: message.conversationId,
    MessageDeduplicationId: `${message.id.slice(0, 40)}.${message.attempt}.${message.updatedAt}`,
  };
}

function laneOf({ broadcastId }: { broadcastId?: BroadcastId }): Lane {
  return broadcastId === undefined ? 'single' : 'bulk';
}

/** One task of a broadcast at a time, and beside its run its export, and what is sent again. */
export async function queueBroadcast(task: BroadcastTask): Promise<void> {
  const isBeside = task.due === 'export' || task.due === 'retry';
  const group = isBeside ? `${task.broadcastId}.${task.due}` : task.broadcastId;
  await queueOne(setting('BROADCAST_QUEUE_URL'), task, {
    MessageGroupId: group,
    MessageDeduplicationId: `${group}.${task.due}.${task.step}`,
  });
}

export function hideBroadcast(receiptHandle: string, seconds: number): Promise<void> {
  return changeVisibility(setting('BROADCAST_QUEUE_URL'), receiptHandle, seconds);
}

/** Files of the past come many at a time: they are spread over a quarter of an hour, so that those of today need not wait behind them. */
export async function queueMedia(messages: Message[]): Promise<void> {
  await sendAll(setting('MEDIA_QUEUE_URL'), messages, (message) =>
    message.past ? { DelaySeconds: delayOf(message) } : {},
  );
}

/** SQS holds a message back for 900 seconds at most. */
function delayOf({ id }: Message): number {
  return Number.parseInt(id.slice('msg_'.length + 24, 'msg_'.length + 36), 16) % 900;
}

/** Asked beside files, because it is asked of the same providers and can wait as well. */
export async function queueProfile({ organizationId, id }: Conversation): Promise<void> {
  const task: ProfileTask = { organizationId, conversationId: id };
  await queueOne(setting('MEDIA_QUEUE_URL'), task);
}

/** Beside files, for the same reason. */
export async function queueLater(task: LaterTask): Promise<void> {
  await queueOne(setting('MEDIA_QUEUE_URL'), task);
}

/** Beside files that are brought, because it is the same who may touch them. */
export async function queueForget(task: ForgetTask): Promise<void> {
  await queueOne(setting('MEDIA_QUEUE_URL'), task);
}

/** The queue is the only waiting place: a received message stays hidden for so long. */
export function hide(channel: ChannelName, queueArn: string, receiptHandle: string, seconds: number): Promise<void> {
  const bulk = sendQueueUrl(channel, 'bulk');
  const isBulk = bulk.endsWith(`/${queueArn.split(':').at(-1) ?? ''}`);
  return changeVisibility(isBulk ? bulk : sendQueueUrl(channel, 'single'), receiptHandle, seconds);
}

export function hideMedia(receiptHandle: string, seconds: number): Promise<void> {
  return changeVisibility(setting('MEDIA_QUEUE_URL'), receiptHandle, seconds);
}

/**
 * For so long a received message can be hidden at any time (ms). SQS hides it for 12 hours in all, counted from its receive, and refuses what goes beyond
 * (Amazon SQS API Reference, ChangeMessageVisibility); when it is hidden, it has been received for at most its queue's visibility timeout, which is an hour and a half
 * for the longest. What waits for longer comes back and is hidden again, or waits outside its queue (`domain/waiting.ts`).
 */
export const LONGEST_HIDE_MS = 10 * 3_600_000;

/** SQS takes whole seconds. */
export async function changeVisibility(queueUrl: string, receiptHandle: string, seconds: number): Promise<void> {
  const VisibilityTimeout = Math.min(Math.max(Math.ceil(seconds), 0), LONGEST_HIDE_MS / 1000);
  await awsJson('sqs', 'ChangeMessageVisibility', {
    QueueUrl: queueUrl,
    ReceiptHandle: receiptHandle,
    VisibilityTimeout,
  });
}

function sendQueueUrl(channel: ChannelName, lane: Lane): string {
  return setting(`SEND_QUEUE_URL_${channel.toUpperCase()}${lane === 'bulk' ? '_BULK' : ''}`);
}

/** Queues one entry; `fifo`: its group and how often it is one. */
export async function queueOne(queueUrl: string, entry: object, fifo: object = {}): Promise<void> {
  await awsJson('sqs', 'SendMessage', { QueueUrl: queueUrl, MessageBody: JSON.stringify(entry), ...fifo });
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
  const { organizationId, channelAccountId, id, broadcastId, body, wait } = message;
  const task: SendTask = {
    organizationId,
    messageId: id,
    channelAccountId,
    bodyType: body.type,
    ...compact({ broadcastId, wait }),
  };
  return { Id: String(index), MessageBody: JSON.stringify(task), ...fifo };
}
