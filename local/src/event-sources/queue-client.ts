import { DeleteMessageBatchCommand, ReceiveMessageCommand, type Message, type SQSClient } from '@aws-sdk/client-sqs';
import type { Stop } from './stop.ts';

/** What an event source does with its queue. */
export type QueueClient = {
  /** Waits for messages, at most 20 s; with a batching window, for as many as come in it. Rejects when stopped. */
  collect(batchSize: number, windowSeconds: number): Promise<Message[]>;
  remove(receiptHandles: readonly string[]): Promise<void>;
};

/** SQS's limits: messages of one receive or delete, and seconds that a receive waits. */
const SQS_BATCH = 10;
const LONG_POLL_SECONDS = 20;

export function openQueue(sqs: SQSClient, QueueUrl: string, stop: Stop): QueueClient {
  async function receive(WaitTimeSeconds: number, wanted: number): Promise<Message[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl,
      WaitTimeSeconds,
      MaxNumberOfMessages: Math.min(SQS_BATCH, wanted),
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    const { Messages = [] } = await sqs.send(command, { abortSignal: stop.signal });
    return Messages;
  }
  return {
    async collect(batchSize, windowSeconds) {
      const messages = await receive(LONG_POLL_SECONDS, batchSize);
      const end = Date.now() + windowSeconds * 1000;
      while (messages.length > 0 && messages.length < batchSize && !stop.signal.aborted) {
        const seconds = Math.min(LONG_POLL_SECONDS, Math.ceil((end - Date.now()) / 1000));
        if (seconds <= 0) break;
        messages.push(...(await receive(seconds, batchSize - messages.length)));
      }
      return messages;
    },
    async remove(receiptHandles) {
      for (let from = 0; from < receiptHandles.length; from += SQS_BATCH) {
        const handles = receiptHandles.slice(from, from + SQS_BATCH);
        const Entries = handles.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));
        await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
      }
    },
  };
}
