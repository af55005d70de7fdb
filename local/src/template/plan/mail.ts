import * as z from 'zod/mini';
import type { Resource } from '../scope.ts';
import { boolean, fail, nameFromArn, ofType, parseProperties } from './parse.ts';

/** A topic's messages go to this queue: as they are, or in an envelope of Amazon SNS's. */
export type SubscriptionPlan = { topicArn: string; queue: string; raw: boolean };

/** Mail for these domains or addresses (none: for any) is put into the bucket, and the topic is told. */
export type MailRulePlan = {
  recipients: string[];
  bucket: string;
  prefix: string;
  topicArn?: string;
};

const subscriptionSchema = z.looseObject({
  TopicArn: z.string(),
  Protocol: z.literal('sqs', 'only queues subscribe on one machine'),
  Endpoint: z.string(),
  RawMessageDelivery: z._default(boolean, false),
  FilterPolicy: z.optional(z.undefined('filters of subscriptions do not run on one machine')),
});

const s3Action = z.strictObject({
  S3Action: z.object({
    BucketName: z.string(),
    ObjectKeyPrefix: z._default(z.string(), ''),
    TopicArn: z.optional(z.string()),
    KmsKeyArn: z.optional(z.undefined('mail is not encrypted on one machine')),
  }),
});

const ruleSchema = z.looseObject({
  RuleSetName: z.string(),
  Rule: z.looseObject({
    Enabled: z._default(boolean, false),
    Recipients: z._default(z.array(z.string()), []),
    Actions: z.array(s3Action),
  }),
});

export function planSubscriptions(resources: readonly Resource[]): SubscriptionPlan[] {
  return ofType(resources, 'AWS::SNS::Subscription').map((resource) => {
    const { TopicArn, Endpoint, RawMessageDelivery } = parseProperties(subscriptionSchema, resource);
    return { topicArn: TopicArn, queue: nameFromArn(Endpoint), raw: RawMessageDelivery };
  });
}

export function planMailRules(resources: readonly Resource[]): MailRulePlan[] {
  return ofType(resources, 'AWS::SES::ReceiptRule').flatMap((resource) => {
    const { Rule: rule } = parseProperties(ruleSchema, resource);
    const [action, ...more] = rule.Actions;
    if (!action || more.length > 0) fail(resource, 'a receipt rule has one action on one machine');
    const { BucketName: bucket, ObjectKeyPrefix: prefix, TopicArn: topicArn } = action.S3Action;
    if (!rule.Enabled) return [];
    return [{ recipients: rule.Recipients, bucket, prefix, ...(topicArn !== undefined && { topicArn }) }];
  });
}
