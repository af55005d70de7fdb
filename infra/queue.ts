import { DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { LambdaFunction } from './function.ts';

export interface WorkQueueProps {
  fifo: boolean;
  /** of the function that works on it */
  timeout: Duration;
  /** receives before a message is set aside */
  attempts: number;
  /** environment variable that gives its URL to who fills it and who works on it */
  variable: string;
}

/** Where work goes that could not be done. Somebody has to look: an alarm rings for any message. */
export class DeadLetterQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { fifo }: { fifo: boolean }) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', { ...kind(fifo), retentionPeriod: Duration.days(14) });
  }

  /** As the on-failure destination of what `fn` could not handle. */
  grantSend(fn: LambdaFunction): void {
    fn.allow(['sqs:SendMessage'], [this.queue.queueArn]);
  }
}

/** A queue with its dead-letter queue. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly #variable: string;

  constructor(scope: Construct, id: string, { fifo, timeout, attempts, variable }: WorkQueueProps) {
    super(scope, id);
    this.#variable = variable;
    const deadLetters = new DeadLetterQueue(this, 'DeadLetters', { fifo });
    this.queue = new Queue(this, 'Queue', {
      ...kind(fifo),
      // six times the function's timeout, as AWS advises for a Lambda event source: docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
      visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: deadLetters.queue, maxReceiveCount: attempts },
    });
  }

  grantSend(fn: LambdaFunction): void {
    fn.allow(['sqs:SendMessage'], [this.queue.queueArn]);
    fn.tell({ [this.#variable]: this.queue.queueUrl });
  }

  /**
   * Makes `fn` the worker of this queue, at most `concurrency` (2 to 1,000) at once. It may postpone a message, so it knows the URL too.
   * `id` tells the queues of one function apart; `atOnce` messages come together.
   */
  work(fn: LambdaFunction, concurrency: number, { id = 'Work', atOnce = 10 } = {}): void {
    fn.allow(consume, [this.queue.queueArn]);
    fn.tell({ [this.#variable]: this.queue.queueUrl });
    fn.lambda.addEventSourceMapping(id, {
      eventSourceArn: this.queue.queueArn,
      batchSize: atOnce,
      reportBatchItemFailures: true,
      maxConcurrency: concurrency,
    });
  }
}

const consume = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'];

function kind(fifo: boolean): QueueProps {
  const common = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
  if (!fifo) return common;
  // high throughput: the quota is per message group, that is per conversation
  const deduplicationScope = DeduplicationScope.MESSAGE_GROUP;
  return { ...common, fifo, deduplicationScope, fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID };
}
