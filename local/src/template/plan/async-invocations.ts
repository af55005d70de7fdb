import * as z from 'zod/mini';
import type { Resource } from '../scope.ts';
import { queueName } from './event-sources.ts';
import { number, ofType, parseProperties } from './parse.ts';

// Defaults: docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html
const configSchema = z.looseObject({
  FunctionName: z.string(),
  MaximumRetryAttempts: z._default(number, 2),
  MaximumEventAgeInSeconds: z._default(number, 21_600),
  DestinationConfig: z.optional(z.object({ OnFailure: z.optional(z.object({ Destination: z.string() })) })),
});

/** How often and how long Lambda tries an event that nobody waits for, and the queue that then gets it. */
export type AsyncInvocationPlan = {
  functionName: string;
  maxRetries: number;
  maxAgeSeconds: number;
  onFailureQueue?: string;
};

export function planAsyncInvocations(resources: readonly Resource[]): AsyncInvocationPlan[] {
  return ofType(resources, 'AWS::Lambda::EventInvokeConfig').map((resource) => {
    const config = parseProperties(configSchema, resource);
    const destination = config.DestinationConfig?.OnFailure?.Destination;
    return {
      functionName: config.FunctionName,
      maxRetries: config.MaximumRetryAttempts,
      maxAgeSeconds: config.MaximumEventAgeInSeconds,
      ...(destination !== undefined && { onFailureQueue: queueName(resource, destination) }),
    };
  });
}
