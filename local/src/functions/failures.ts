import { functionError, type FunctionError } from './protocol.ts';

/** What Lambda reports when an execution environment ends, in its words. */
export function timeout(requestId: string, seconds: number): FunctionError {
  const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`;
  return { errorType: 'Sandbox.Timedout', errorMessage };
}

export function startTimeout(seconds: number): FunctionError {
  return { errorType: 'Sandbox.Timedout', errorMessage: `The function did not start in ${seconds} seconds` };
}

export function crashError(error: Error): FunctionError {
  const isMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return isMemory ? { errorType: 'Runtime.OutOfMemory', errorMessage: error.message } : functionError(error);
}

export function exitError(code: number, requestId: string): FunctionError {
  const status = `Runtime exited with error: exit status ${code}`;
  const reason = code === 0 ? 'Runtime exited without providing a reason' : status;
  return { errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${requestId} Error: ${reason}` };
}

export function shutDown(): FunctionError {
  return { errorType: 'Runtime.ShutDown', errorMessage: 'The functions are closed' };
}

export function tooLarge(what: 'request' | 'response'): FunctionError {
  const errorType = what === 'request' ? 'RequestEntityTooLargeException' : 'Function.ResponseSizeTooLarge';
  return { errorType, errorMessage: `The ${what} is larger than the allowed 6291456 bytes` };
}
