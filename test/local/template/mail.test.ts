import assert from 'node:assert/strict';
import test from 'node:test';
import type { Template } from '@parley/local/template/read-template.ts';
import { resolve } from '@parley/local/template/resolve.ts';

const live = { queues: 'http://q', httpApi: 'h', webSocketApi: 'w', webSocketManagement: 'm', userPools: 'u' };

const resources = {
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'files' } },
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'mails' } },
  Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
  Subscription: {
    Type: 'AWS::SNS::Subscription',
    Properties: {
      TopicArn: { Ref: 'Topic' },
      Protocol: 'sqs',
      Endpoint: { 'Fn::GetAtt': ['Queue', 'Arn'] },
      RawMessageDelivery: true,
    },
  },
  RuleSet: { Type: 'AWS::SES::ReceiptRuleSet', Properties: {} },
  Rule: {
    Type: 'AWS::SES::ReceiptRule',
    Properties: {
      RuleSetName: { Ref: 'RuleSet' },
      Rule: {
        Enabled: true,
        Recipients: ['in.parley.example'],
        Actions: [
          { S3Action: { BucketName: { Ref: 'Bucket' }, ObjectKeyPrefix: 'mail/', TopicArn: { Ref: 'Topic' } } },
        ],
      },
    },
  },
};

test('a receipt rule and its topic are planned with the names of what they lead to', () => {
  const plan = resolve(template(resources), live);
  const topicArn = 'arn:aws:sns:us-east-1:000000000000:Test-Topic';
  assert.deepEqual(plan.mailRules, [{ recipients: ['in.parley.example'], bucket: 'files', prefix: 'mail/', topicArn }]);
  assert.deepEqual(plan.subscriptions, [{ topicArn, queue: 'mails', raw: true }]);
});

test('a rule that is switched off does nothing', () => {
  assert.deepEqual(resolve(template({ ...resources, Rule: ruleWith({ Enabled: false }) }), live).mailRules, []);
});

for (const [what, changed, words] of [
  [
    'another action',
    { Rule: ruleWith({ Actions: [{ LambdaAction: { FunctionArn: 'f' } }] }) },
    /Rule \(AWS::SES::ReceiptRule\): Rule\.Actions/,
  ],
  [
    'two actions',
    { Rule: ruleWith({ Actions: [action(), action()] }) },
    /Rule \(AWS::SES::ReceiptRule\): .*one action/,
  ],
  [
    'a subscriber that is no queue',
    { Subscription: subscriptionWith({ Protocol: 'https' }) },
    /Subscription \(AWS::SNS::Subscription\): .*only queues/,
  ],
  [
    'a filter',
    { Subscription: subscriptionWith({ FilterPolicy: {} }) },
    /Subscription \(AWS::SNS::Subscription\): .*filters/,
  ],
] as const) {
  test(`${what} stops with its resource`, () => {
    assert.throws(() => resolve(template({ ...resources, ...changed }), live), words);
  });
}

function ruleWith(change: object): Template['Resources'][string] {
  const { Properties } = resources.Rule;
  return { Type: 'AWS::SES::ReceiptRule', Properties: { ...Properties, Rule: { ...Properties.Rule, ...change } } };
}

function subscriptionWith(change: object): Template['Resources'][string] {
  return { Type: 'AWS::SNS::Subscription', Properties: { ...resources.Subscription.Properties, ...change } };
}

function action(): object {
  return resources.Rule.Properties.Rule.Actions[0] ?? {};
}

function template(Resources: Template['Resources']): Template {
  return {
    Resources,
    Parameters: {},
    Conditions: {},
    Mappings: {},
    Outputs: {},
    stackName: 'Test',
    assetFolders: new Map(),
  };
}
