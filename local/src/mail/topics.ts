import { randomUUID } from 'node:crypto';
import type { SendToQueue } from '../scheduler/delivery.ts';
import type { SubscriptionPlan } from '../template/plan/mail.ts';

export type Publish = (topicArn: string, message: string) => Promise<void>;

/** Amazon SNS, as far as services of AWS publish to topics that queues subscribe to. */
export function createTopics(subscriptions: readonly SubscriptionPlan[], sendToQueue: SendToQueue): Publish {
  return async (topicArn, message) => {
    const own = subscriptions.filter((subscription) => subscription.topicArn === topicArn);
    await Promise.all(
      own.map(({ queue, raw }) =>
        sendToQueue(`arn:aws:sqs:us-east-1:000000000000:${queue}`, {
          body: raw ? message : enveloped(topicArn, message),
        }),
      ),
    );
  };
}

function enveloped(topicArn: string, message: string): string {
  return JSON.stringify({
    Type: 'Notification',
    MessageId: randomUUID(),
    TopicArn: topicArn,
    Message: message,
    Timestamp: new Date().toISOString(),
    SignatureVersion: '1',
  });
}
