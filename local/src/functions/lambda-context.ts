import type { Invocation, WorkerSettings } from './protocol.ts';
import { functionArn, logStreamName } from './variables.ts';

/** The second argument of a handler. */
export type LambdaContext = {
  awsRequestId: string;
  functionName: string;
  functionVersion: string;
  invokedFunctionArn: string;
  memoryLimitInMB: string;
  logGroupName: string;
  logStreamName: string;
  callbackWaitsForEmptyEventLoop: boolean;
  getRemainingTimeInMillis(): number;
};

export function lambdaContext(settings: WorkerSettings, { requestId, deadline }: Invocation): LambdaContext {
  return {
    awsRequestId: requestId,
    functionName: settings.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: functionArn(settings.functionName),
    memoryLimitInMB: String(settings.memoryMb),
    logGroupName: settings.logGroup,
    logStreamName,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}
