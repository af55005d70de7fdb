import { randomUUID } from 'node:crypto';

/** How often and how long Lambda tries an event that nobody waits for, and the queue that then gets a record of it. */
export type AsyncInvocation = { maxRetries: number; maxAgeSeconds: number; onFailureArn?: string };

/** An event that is given up. `now` is in epoch milliseconds. */
type FailedInvocation = {
  functionName: string;
  payload: unknown;
  errorType: string;
  message: string;
  condition: 'RetriesExhausted' | 'EventAgeExceeded';
  invocations: number;
  now: number;
};

/**
 * What a failure destination gets.
 * Form: docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function failureRecord({ functionName, payload, errorType, message, ...failed }: FailedInvocation) {
  return {
    version: '1.0',
    timestamp: new Date(failed.now).toISOString(),
    requestContext: {
      requestId: randomUUID(),
      functionArn: `arn:aws:lambda:us-east-1:000000000000:function:${functionName}:$LATEST`,
      condition: failed.condition,
      approximateInvokeCount: failed.invocations,
    },
    requestPayload: payload,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorMessage: message, errorType },
  };
}
