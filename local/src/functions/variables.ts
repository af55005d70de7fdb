import type { FunctionSettings } from './functions.ts';

export const logStreamName = 'local';

export function functionArn(name: string): string {
  return `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
}

export function logGroupOf(settings: FunctionSettings): string {
  return settings.logGroup ?? `/aws/lambda/${settings.name}`;
}

/**
 * Everything an execution environment finds in `process.env`: what all functions share (endpoints, credentials), the
 * function's own variables, and those the runtime defines. Nothing of this process is inherited.
 */
export function environmentVariables(
  settings: FunctionSettings,
  shared: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    ...shared,
    ...settings.environment,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: settings.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: logGroupOf(settings),
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
    ...(settings.logLevel !== undefined && { AWS_LAMBDA_LOG_LEVEL: settings.logLevel }),
    LAMBDA_TASK_ROOT: settings.codeDir,
    _HANDLER: settings.handler,
  };
}
