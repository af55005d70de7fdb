import { FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { LambdaFunction } from './function.ts';
import { DeadLetterQueue } from './queue.ts';
import type { Storage } from './storage.ts';

export interface StreamReaderProps {
  storage: Storage;
  fn: LambdaFunction;
  /**
   * Which records wake the function: those that fit one of these, at most five. The others cost nothing. A pattern is of the record's `dynamodb` alone:
   * docs.aws.amazon.com/lambda/latest/dg/with-ddb-filtering.html
   */
  filters: { dynamodb: Record<string, unknown> }[];
}

/** Drives a function by the table's stream: in order per item, at least once, for as long as the stream keeps a record. */
export class StreamReader extends Construct {
  readonly fn: LambdaFunction;

  constructor(scope: Construct, id: string, { storage, fn, filters }: StreamReaderProps) {
    super(scope, id);
    this.fn = fn;
    const failures = new DeadLetterQueue(this, 'Failures', { fifo: false });
    failures.grantSend(fn);
    fn.lambda.addEventSourceMapping('Stream', {
      eventSourceArn: storage.grantStream(fn),
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: filters.map((filter) => FilterCriteria.filter(filter)),
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(0),
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      // retried until the stream itself forgets the record
      maxRecordAge: Duration.hours(24),
      onFailure: { bind: () => ({ destination: failures.queue.queueArn }) },
    });
  }
}
