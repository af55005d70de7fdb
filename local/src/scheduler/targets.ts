import { parseJson } from '../json.ts';
import type { Target } from './inputs.ts';

/** What a target ARN stands for here. */
type ReadTarget =
  | { kind: 'function'; functionName: string }
  | { kind: 'queue'; queueArn: string; groupId: string | undefined }
  | { kind: 'unusable'; message: string };

/** The run a payload is made for. `scheduledAt` is in epoch milliseconds, `attempt` counts from 1. */
type Run = { executionId: string; scheduleArn: string; scheduledAt: number; attempt: number };

/** Reads a target: a Lambda function, or an SQS queue. Others are refused, because nothing here could run them. */
export function readTarget({ Arn, Input, SqsParameters }: Target): ReadTarget {
  const functionName = /^arn:aws:lambda:[\w-]+:\d{12}:function:([\w-]+)(?::[\w$-]+)?$/.exec(Arn)?.[1];
  if (functionName !== undefined) {
    const isJson = Input === undefined || parseJson(Input) !== undefined;
    return isJson ? { kind: 'function', functionName } : unusable('The Input of a Lambda target must be valid JSON.');
  }
  if (!/^arn:aws:sqs:[\w-]+:\d{12}:[\w-]+(\.fifo)?$/.test(Arn)) return unusable(`The target ${Arn} is not supported.`);
  const groupId = SqsParameters?.MessageGroupId;
  if (Arn.endsWith('.fifo') && groupId === undefined)
    return unusable('A FIFO queue needs SqsParameters.MessageGroupId.');
  return { kind: 'queue', queueArn: Arn, groupId };
}

/**
 * The text a target gets: its Input with the context attributes filled in, or the event the service makes up when there
 * is none (User Guide, "Adding context attributes").
 */
export function payloadText(input: string | undefined, run: Run): string {
  const time = new Date(run.scheduledAt).toISOString().replace('.000Z', 'Z');
  if (input === undefined) return JSON.stringify(standardEvent(run, time));
  return input
    .replaceAll('<aws.scheduler.schedule-arn>', run.scheduleArn)
    .replaceAll('<aws.scheduler.scheduled-time>', time)
    .replaceAll('<aws.scheduler.execution-id>', run.executionId)
    .replaceAll('<aws.scheduler.attempt-number>', String(run.attempt));
}

function standardEvent(run: Run, time: string) {
  return {
    version: '0',
    id: run.executionId,
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: '000000000000',
    time,
    region: 'us-east-1',
    resources: [run.scheduleArn],
    detail: '{}',
  };
}

function unusable(message: string): ReadTarget {
  return { kind: 'unusable', message };
}
