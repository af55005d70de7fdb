import { ReceiptRule, ReceiptRuleSet, TlsPolicy } from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { CfnOutput, Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Bundles } from './bundles.ts';
import type { Channel } from './channel.ts';
import { LambdaFunction } from './function.ts';
import { WorkQueue } from './queue.ts';
import { numberSetting, textSetting } from './settings.ts';
import type { Storage } from './storage.ts';

export interface MailProps {
  /** the channel whose messages are mail */
  channel: Channel;
  bundles: Bundles;
  storage: Storage;
}

/**
 * Raw mail becomes messages. Amazon SES puts it into the bucket and tells the topic; a webhook that is posted mail puts it there and
 * tells the queue. The topic, and not the bucket, tells of SES's mail: only its notification says to whom the mail really came, and
 * what SES thinks of it. Bounces and complaints of mail sent through SES may be told to the same topic.
 */
export class Mail extends Construct {
  readonly #mails: WorkQueue;
  readonly #storage: Storage;

  constructor(scope: Construct, id: string, { channel, bundles, storage }: MailProps) {
    super(scope, id);
    const timeout = Duration.minutes(2);
    this.#storage = storage;
    this.#mails = new WorkQueue(this, 'Mails', { fifo: false, timeout, attempts: 5, variable: 'MAIL_QUEUE_URL' });
    const fn = mailFunction(this, { channel, bundles, storage }, timeout);
    this.#mails.work(fn, numberSetting(this, 'mailConcurrency') ?? 10);
    if (channel.webhook) this.grantKeep(channel.webhook);
    const topic = new Topic(this, 'Topic', { displayName: 'Mail of Parley' });
    topic.addSubscription(new SqsSubscription(this.#mails.queue, { rawMessageDelivery: true }));
    receive(this, storage, topic);
  }

  /** Lets `fn` keep a mail that it was handed and have it read. */
  grantKeep(fn: LambdaFunction): void {
    this.#storage.grantMedia(fn, 'PutObject', 'AbortMultipartUpload');
    this.#storage.grantUploads(fn);
    this.#mails.grantSend(fn);
  }
}

// A mail may have 40 MB: read, its files taken out and kept, it takes 310 MB and its copies (measured with postal-mime 4).
const memory = 1769;

function mailFunction(scope: Construct, { channel, bundles, storage }: MailProps, timeout: Duration): LambdaFunction {
  const fn = new LambdaFunction(scope, 'Mail', { bundles, code: 'mail', timeout, memory });
  fn.tell({ CHANNEL: channel.plan.name });
  storage.grantItems(fn, 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem');
  storage.grantCredentialKey(fn, 'Decrypt');
  storage.grantMedia(fn, 'GetObject', 'PutObject', 'AbortMultipartUpload');
  return fn;
}

/** For the domain in the setting `mailDomain`, else for every domain that the AWS account has verified. A rule set works once it is made the active one. */
function receive(scope: Construct, storage: Storage, topic: Topic): void {
  const domain = textSetting(scope, 'mailDomain');
  const ruleSet = new ReceiptRuleSet(scope, 'RuleSet');
  const rule = new ReceiptRule(scope, 'Rule', {
    ruleSet,
    ...(domain === undefined ? {} : { recipients: [domain] }),
    enabled: true,
    scanEnabled: true,
    tlsPolicy: TlsPolicy.OPTIONAL,
  });
  rule.addAction(storage.mailDrop(topic));
  new CfnOutput(scope, 'RuleSetName', { value: ruleSet.receiptRuleSetName }).overrideLogicalId('MailRuleSet');
  new CfnOutput(scope, 'TopicArn', { value: topic.topicArn }).overrideLogicalId('MailTopicArn');
}
