import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SendToQueue } from './scheduler/delivery.ts';

/** Sends to queues by their ARN, as AWS's own services do. */
export function createQueueSender(queuesUrl: string): { send: SendToQueue; close(): void } {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const sqs = new SQSClient({ endpoint: queuesUrl, region: 'us-east-1', credentials });
  return {
    async send(queueArn, { body, groupId, attributes = {} }) {
      const texts = Object.entries(attributes).map(([name, StringValue]) => {
        return [name, { DataType: 'String', StringValue }] as const;
      });
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: `${queuesUrl}/000000000000/${queueArn.split(':').at(-1) ?? ''}`,
          MessageBody: body,
          MessageAttributes: Object.fromEntries(texts),
          ...(groupId !== undefined && { MessageGroupId: groupId }),
        }),
      );
    },
    close: () => sqs.destroy(),
  };
}
