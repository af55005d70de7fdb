import * as z from 'zod/mini';
import type { BucketSettings, QueueSettings } from '../../queues-and-buckets/server.ts';
import type { Resource } from '../scope.ts';
import { boolean, nameFromArn, number, ofType, parseProperties } from './parse.ts';

// Defaults: docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html
const queueSchema = z.looseObject({
  FifoQueue: z._default(boolean, false),
  VisibilityTimeout: z._default(number, 30),
  DelaySeconds: z._default(number, 0),
  MessageRetentionPeriod: z._default(number, 345_600),
  ReceiveMessageWaitTimeSeconds: z._default(number, 0),
  ContentBasedDeduplication: z._default(boolean, false),
  RedrivePolicy: z.optional(z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: number })),
});

const corsRuleSchema = z.looseObject({
  AllowedOrigins: z.array(z.string()),
  AllowedMethods: z.array(z.string()),
  AllowedHeaders: z._default(z.array(z.string()), []),
  ExposedHeaders: z._default(z.array(z.string()), []),
  MaxAge: z.optional(number),
});
const bucketSchema = z.looseObject({
  CorsConfiguration: z._default(z.object({ CorsRules: z.array(corsRuleSchema) }), { CorsRules: [] }),
  NotificationConfiguration: z.optional(z.undefined('Bucket notifications do not run on one machine')),
});

export function planQueues(resources: readonly Resource[]): QueueSettings[] {
  return ofType(resources, 'AWS::SQS::Queue').map((resource) => {
    const queue = parseProperties(queueSchema, resource);
    const redrive = queue.RedrivePolicy;
    return {
      name: resource.ref.slice(resource.ref.lastIndexOf('/') + 1),
      fifo: queue.FifoQueue,
      visibilityTimeout: queue.VisibilityTimeout,
      delaySeconds: queue.DelaySeconds,
      messageRetentionSeconds: queue.MessageRetentionPeriod,
      receiveWaitSeconds: queue.ReceiveMessageWaitTimeSeconds,
      contentBasedDedup: queue.ContentBasedDeduplication,
      ...(redrive && {
        redrive: {
          deadLetterName: nameFromArn(redrive.deadLetterTargetArn),
          maxReceiveCount: redrive.maxReceiveCount,
        },
      }),
    };
  });
}

export function planBuckets(resources: readonly Resource[]): BucketSettings[] {
  return ofType(resources, 'AWS::S3::Bucket').map((resource) => ({
    name: resource.ref,
    cors: parseProperties(bucketSchema, resource).CorsConfiguration.CorsRules.map((rule) => ({
      origins: rule.AllowedOrigins,
      methods: rule.AllowedMethods,
      headers: rule.AllowedHeaders,
      exposedHeaders: rule.ExposedHeaders,
      ...(rule.MaxAge !== undefined && { maxAgeSeconds: rule.MaxAge }),
    })),
  }));
}
