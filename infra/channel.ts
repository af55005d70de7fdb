import { Duration } from 'aws-cdk-lib/core';
import type { Manifest } from '@parley/core/channels/contract.ts';
import { Construct } from 'constructs';
import type { Bundles } from './bundles.ts';
import { LambdaFunction } from './function.ts';
import { WorkQueue } from './queue.ts';
import { numberSetting } from './settings.ts';
import type { Storage } from './storage.ts';

/** The part of a channel's manifest that infrastructure follows from. */
export type ChannelPlan = Pick<
  Manifest,
  | 'name'
  | 'aliases'
  | 'inbound'
  | 'outbound'
  | 'handshake'
  | 'eventsByGet'
  | 'webhookAliases'
  | 'renewsCredentials'
  | 'mail'
  | 'worksLater'
>;

export interface ChannelProps {
  plan: ChannelPlan;
  bundles: Bundles;
  storage: Storage;
}

/** One channel: its webhook function if it has a webhook, its send queues and sender function if it can send. */
export class Channel extends Construct {
  readonly plan: ChannelPlan;
  readonly webhook: LambdaFunction | undefined;
  readonly sender: LambdaFunction | undefined;
  readonly #sends: WorkQueue | undefined;
  readonly #bulk: WorkQueue | undefined;

  constructor(scope: Construct, id: string, props: ChannelProps) {
    super(scope, id);
    this.plan = props.plan;
    if (props.plan.inbound) this.webhook = webhook(this, props);
    if (!props.plan.outbound) return;
    this.#sends = sendQueue(this, props.plan, 'Sends', '');
    this.#bulk = sendQueue(this, props.plan, 'Bulk', '_BULK');
    this.sender = sender(this, props);
    const concurrency = numberSetting(this, 'senderConcurrency') ?? 20;
    this.#sends.work(this.sender, concurrency);
    // of so many senders each may send some messages without asking the others
    this.sender.tell({ SENDERS: String(concurrency) });
    // a broadcast may take its time, and leaves most of the provider's and our own room to answers
    this.#bulk.work(this.sender, numberSetting(this, 'bulkConcurrency') ?? 5, { id: 'BulkWork' });
  }

  /** Lets `fn` queue a send of this channel, by itself or as one of a broadcast. */
  grantSend(fn: LambdaFunction): void {
    this.#sends?.grantSend(fn);
    this.#bulk?.grantSend(fn);
  }
}

// ten sends of one conversation go one after the other, each with a provider that may take seconds
const senderTimeout = Duration.seconds(60);

function sendQueue(scope: Construct, { name }: ChannelPlan, id: string, lane: '' | '_BULK'): WorkQueue {
  const variable = `SEND_QUEUE_URL_${name.toUpperCase()}${lane}`;
  // A provider that asks us to wait uses up a receive each time, for every message of the conversation behind it; what the
  // sender itself can't do ends as a claim without a receipt and never comes back.
  return new WorkQueue(scope, id, { fifo: true, timeout: senderTimeout, attempts: 200, variable });
}

function webhook(scope: Construct, { plan, bundles, storage }: ChannelProps): LambdaFunction {
  const name = `webhook-${plan.name}`;
  const fn = new LambdaFunction(scope, 'Webhook', { bundles, code: 'webhook', name, timeout: Duration.seconds(10) });
  fn.tell({ CHANNEL: plan.name });
  // deletes that someone can't be written to, when they come back
  storage.grantItems(fn, 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem');
  storage.grantCredentialKey(fn, 'Decrypt');
  return fn;
}

function sender(scope: Construct, { plan, bundles, storage }: ChannelProps): LambdaFunction {
  const fn = new LambdaFunction(scope, 'Sender', {
    bundles,
    code: 'sender',
    name: `sender-${plan.name}`,
    timeout: senderTimeout,
  });
  fn.tell({ CHANNEL: plan.name });
  storage.grantItems(fn, 'GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem');
  storage.grantCredentialKey(fn, 'Decrypt');
  if (plan.renewsCredentials) storage.grantCredentialKey(fn, 'Encrypt');
  storage.grantMedia(fn, 'GetObject');
  return fn;
}
