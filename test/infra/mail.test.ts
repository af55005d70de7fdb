import assert from 'node:assert/strict';
import test from 'node:test';
import { complaints, ofType, plans, referredTo, synthesize, type Resource } from './synthesized.ts';

const email = {
  name: 'email',
  inbound: true,
  outbound: true,
  handshake: false,
  eventsByGet: true as const,
  webhookAliases: ['email-unsubscribe'],
  mail: true as const,
};
const { resources } = synthesize([...plans, email]);

test("CloudFormation's own rules have no complaint", () => {
  assert.deepEqual(complaints([...plans, email]), []);
});

test('a stack without mail has no server for it', () => {
  const { resources: without } = synthesize();
  assert.deepEqual(ofType(without, 'AWS::SES::ReceiptRule'), []);
  assert.equal(functionNamed('mail', without), undefined);
});

test('a receipt rule puts mail into the media bucket and tells a topic, whose messages go to the mail queue as they are', () => {
  const [[, rule]] = ofType(resources, 'AWS::SES::ReceiptRule') as [[string, Resource]];
  const { Enabled, ScanEnabled, Recipients, Actions } = Object(rule.Properties['Rule']);
  assert.deepEqual([Enabled, ScanEnabled, Recipients, Actions.length], [true, true, undefined, 1]);
  const { BucketName, ObjectKeyPrefix, TopicArn } = Actions[0].S3Action;
  assert.equal(resources[referredTo(BucketName) ?? '']?.Type, 'AWS::S3::Bucket');
  assert.equal(ObjectKeyPrefix, 'mail/');
  const [[, subscription]] = ofType(resources, 'AWS::SNS::Subscription') as [[string, Resource]];
  assert.equal(referredTo(subscription.Properties['TopicArn']), referredTo(TopicArn));
  assert.deepEqual([subscription.Properties['Protocol'], subscription.Properties['RawMessageDelivery']], ['sqs', true]);
  assert.equal(referredTo(subscription.Properties['Endpoint']), mailQueue());
});

test('mail for one domain only, when a setting names it', () => {
  const { resources: narrowed } = synthesize([email], { mailDomain: 'in.parley.example' });
  const [[, rule]] = ofType(narrowed, 'AWS::SES::ReceiptRule') as [[string, Resource]];
  assert.deepEqual(Object(rule.Properties['Rule']).Recipients, ['in.parley.example']);
});

test('SES may put objects below its prefix for this account only, and the bucket forgets raw mail after a month', () => {
  const policy = JSON.stringify(
    ofType(resources, 'AWS::S3::BucketPolicy').map(([, one]) => one.Properties['PolicyDocument']),
  );
  assert.match(
    policy,
    /"Action":"s3:PutObject","Condition":\{"StringEquals":\{"aws:SourceAccount":\{"Ref":"AWS::AccountId"\}\}\},"Effect":"Allow","Principal":\{"Service":"ses\.amazonaws\.com"\}/,
  );
  assert.match(policy, /\/mail\/\*/);
  const [[, bucket]] = ofType(resources, 'AWS::S3::Bucket') as [[string, Resource]];
  const rules = Object(bucket.Properties['LifecycleConfiguration']).Rules as {
    Prefix?: string;
    ExpirationInDays?: number;
  }[];
  assert.equal(rules.find(({ Prefix }) => Prefix === 'mail/')?.ExpirationInDays, 30);
});

test('the mail function works on the mail queue, and may do exactly what it does', () => {
  const [id, fn] = functionNamed('mail') ?? [];
  const source = ofType(resources, 'AWS::Lambda::EventSourceMapping').find(
    ([, { Properties }]) => referredTo(Properties['FunctionName']) === id,
  )?.[1];
  assert.equal(referredTo(source?.Properties['EventSourceArn']), mailQueue());
  assert.deepEqual(source?.Properties['FunctionResponseTypes'], ['ReportBatchItemFailures']);
  assert.equal(fn?.Properties['MemorySize'], 1769);
  assert.deepEqual(environmentOf('mail'), ['CHANNEL', 'KEY_ID', 'MAIL_QUEUE_URL', 'MEDIA_BUCKET', 'TABLE_NAME']);
  assert.deepEqual(actionsOf('mail'), [
    'dynamodb:DeleteItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
    'dynamodb:UpdateItem',
    'kms:Decrypt',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    's3:AbortMultipartUpload',
    's3:GetObject',
    's3:PutObject',
    'sqs:ChangeMessageVisibility',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    'sqs:ReceiveMessage',
  ]);
});

test('the webhook of mail keeps what it is posted, and no other webhook may', () => {
  const keeping = ['s3:AbortMultipartUpload', 's3:PutObject', 'sqs:SendMessage'];
  assert.deepEqual(
    actionsOf('webhook-email').filter((action) => keeping.includes(action)),
    keeping,
  );
  assert.deepEqual(
    actionsOf('webhook-telegram').filter((action) => keeping.includes(action)),
    [],
  );
  for (const name of ['MAIL_QUEUE_URL', 'MEDIA_BUCKET']) assert.ok(environmentOf('webhook-email').includes(name));
});

test('the webhook of mail reads what was uploaded, and no other file', () => {
  const policies = JSON.stringify(
    statementsOf('webhook-email').filter(({ Action }) => Action.includes('s3:GetObject')),
  );
  assert.match(policies, /"\/uploads\/\*"/);
  assert.equal(statementsOf('webhook-telegram').filter(({ Action }) => Action.includes('s3:GetObject')).length, 0);
});

test('the mail queue and its dead letters have their alarms', () => {
  const alarmed = (id: string) =>
    ofType(resources, 'AWS::CloudWatch::Alarm').flatMap(([, { Properties }]) =>
      referredTo(Properties['Dimensions']) === id ? [Properties['MetricName']] : [],
    );
  const queue = mailQueue();
  const redrive = Object(resources[queue]?.Properties['RedrivePolicy']);
  assert.deepEqual(alarmed(queue), ['ApproximateAgeOfOldestMessage']);
  assert.deepEqual(alarmed(referredTo(redrive) ?? ''), ['ApproximateNumberOfMessagesVisible']);
  assert.equal(redrive.maxReceiveCount, 5);
});

function mailQueue(): string {
  const queue = ofType(resources, 'AWS::SQS::Queue').find(([id]) => id.startsWith('MailMailsQueue'))?.[0];
  assert.ok(queue);
  return queue;
}

function functionNamed(name: string, among = resources): [string, Resource] | undefined {
  return ofType(among, 'AWS::Lambda::Function').find(
    ([, { Properties }]) => Properties['Description'] === `Parley ${name}`,
  );
}

/** What it is told beside what every function is. */
function environmentOf(name: string): string[] {
  const variables = Object(functionNamed(name)?.[1].Properties['Environment']).Variables ?? {};
  return Object.keys(variables)
    .filter((each) => !each.startsWith('POWERTOOLS'))
    .toSorted();
}

function actionsOf(name: string): string[] {
  return [...new Set(statementsOf(name).flatMap(({ Action }) => Action))].toSorted();
}

function statementsOf(name: string): { Action: string | string[] }[] {
  const role = referredTo(functionNamed(name)?.[1].Properties['Role']);
  const own = ofType(resources, 'AWS::IAM::Policy').filter(
    ([, { Properties }]) => referredTo(Properties['Roles']) === role,
  );
  return own.flatMap(
    ([, { Properties }]) => Object(Properties['PolicyDocument']).Statement as { Action: string | string[] }[],
  );
}
