import { randomUUID } from 'node:crypto';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { StreamRecord } from './contracts.ts';
import { backoffMs, type Stop } from './stop.ts';

/** A batch that is given up after so many invocations. */
export type FailureReport = {
  batch: readonly StreamRecord[];
  invocations: number;
  condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
};

/**
 * Sends the invocation record of a given-up batch to the queue; tries until it is there or everything stops, because the
 * checkpoint passes these records next.
 * Form: docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html, "on-failure destination"
 */
export async function reportFailure(
  report: FailureReport,
  to: { sqs: SQSClient; queueUrl: string; functionName: string; stop: Stop; log(line: string): void },
): Promise<void> {
  const MessageBody = JSON.stringify(invocationRecord(report, to.functionName));
  for (let attempt = 0; !to.stop.signal.aborted; attempt += 1) {
    try {
      await to.sqs.send(new SendMessageCommand({ QueueUrl: to.queueUrl, MessageBody }));
      return;
    } catch (error) {
      to.log(`[${to.functionName}] the failure destination ${to.queueUrl} refuses: ${String(error)}`);
      await to.stop.sleep(backoffMs(attempt));
    }
  }
}

function invocationRecord({ batch, invocations, condition }: FailureReport, functionName: string) {
  const first = batch[0]?.dynamodb;
  const last = batch.at(-1)?.dynamodb;
  return {
    requestContext: {
      requestId: randomUUID(),
      functionArn: `arn:aws:lambda:us-east-1:000000000000:function:${functionName}`,
      condition,
      approximateInvokeCount: invocations,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: new Date().toISOString(),
    DDBStreamBatchInfo: {
      shardId: 'shardId-00000000000000000000-00000000',
      startSequenceNumber: first?.SequenceNumber,
      endSequenceNumber: last?.SequenceNumber,
      approximateArrivalOfFirstRecord: isoTime(first?.ApproximateCreationDateTime),
      approximateArrivalOfLastRecord: isoTime(last?.ApproximateCreationDateTime),
      batchSize: batch.length,
      streamArn: batch[0]?.eventSourceARN,
    },
  };
}

function isoTime(epochSeconds = 0): string {
  return new Date(epochSeconds * 1000).toISOString();
}
