import { failureRecord, type AsyncInvocation } from './async-invocation.ts';
import type { Invoke } from '../http-api/invoke.ts';
import type { ScheduleDocument } from './inputs.ts';
import type { DeliveryRow } from './store.ts';
import { parseJson } from '../json.ts';
import { payloadText, readTarget } from './targets.ts';

/** A message for an SQS queue. */
export type QueueMessage = { body: string; groupId?: string; attributes?: Record<string, string> };

/** Sends to the queue of an ARN; rejects when it can't. */
export type SendToQueue = (queueArn: string, message: QueueMessage) => Promise<void>;

/**
 * How targets are reached. Without `sendToQueue` a queue counts as unreachable; a function that `asyncInvocationOf` says
 * nothing of has Lambda's defaults.
 */
export type Reach = {
  invoke: Invoke;
  sendToQueue?: SendToQueue;
  asyncInvocationOf?: (functionName: string) => AsyncInvocation | undefined;
};

/** How one try ended: the target took it, the function took it and failed, or the target could not be reached. */
type TryOutcome =
  | { kind: 'delivered' }
  | { kind: 'function-error'; functionName: string; errorType: string; message: string }
  | { kind: 'unreachable'; message: string };

/** What follows a try: done, another try at a time, or a queue that takes what could not be done. */
type NextStep =
  | { step: 'finish' }
  | { step: 'retry'; at: number }
  | { step: 'hand-over'; queueArn: string; message: QueueMessage };

const SCHEDULE_ARN = 'arn:aws:scheduler:us-east-1:000000000000:schedule/';

/** The ARN of a schedule. */
export function scheduleArn(group: string, name: string): string {
  return `${SCHEDULE_ARN}${group}/${name}`;
}

/** Tries a delivery once. */
export async function tryDelivery(reach: Reach, row: DeliveryRow): Promise<TryOutcome> {
  const Target = targetOf(row);
  const target = readTarget(Target);
  const text = payloadText(Target.Input, runOf(row));
  try {
    if (target.kind === 'unusable') return { kind: 'unreachable', message: target.message };
    if (target.kind === 'function') return await callFunction(reach.invoke, target.functionName, text);
    await sendTo(reach, target.queueArn, {
      body: text,
      ...(target.groupId === undefined ? {} : { groupId: target.groupId }),
    });
    return { kind: 'delivered' };
  } catch (error) {
    return { kind: 'unreachable', message: String(error) };
  }
}

/**
 * Decides what follows. A function that failed is Lambda's to retry, by the function's EventInvokeConfig, then its
 * failure destination. A target that could not be reached is the scheduler's, by the target's RetryPolicy, then its
 * dead-letter queue.
 */
export function nextStep(row: DeliveryRow, outcome: TryOutcome, { asyncInvocationOf }: Reach, now: number): NextStep {
  if (outcome.kind === 'delivered') return { step: 'finish' };
  if (outcome.kind === 'unreachable') return afterUnreachable(row, outcome.message, now);
  const { maxRetries, maxAgeSeconds, onFailureArn } = asyncInvocationOf?.(outcome.functionName) ?? lambdaDefaults;
  const at = now + (row.faults + 1) * 60_000;
  const expires = (row.first_try_at ?? now) + maxAgeSeconds * 1000;
  if (row.faults < maxRetries && at <= expires) return { step: 'retry', at };
  if (onFailureArn === undefined) return { step: 'finish' };
  const payload = parseJson(payloadText(targetOf(row).Input, runOf(row)));
  const condition = row.faults < maxRetries ? 'EventAgeExceeded' : 'RetriesExhausted';
  const record = failureRecord({ ...outcome, payload, condition, invocations: row.faults + 1, now });
  return { step: 'hand-over', queueArn: onFailureArn, message: { body: JSON.stringify(record) } };
}

// docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html
const lambdaDefaults: AsyncInvocation = { maxRetries: 2, maxAgeSeconds: 21_600 };

function afterUnreachable(row: DeliveryRow, reason: string, now: number): NextStep {
  const { RetryPolicy, DeadLetterConfig } = targetOf(row);
  const at = now + Math.min(1000 * 2 ** (row.tries - 1), 300_000);
  const expires = (row.first_try_at ?? now) + RetryPolicy.MaximumEventAgeInSeconds * 1000;
  if (row.tries <= RetryPolicy.MaximumRetryAttempts && at <= expires) return { step: 'retry', at };
  if (DeadLetterConfig?.Arn === undefined) return { step: 'finish' };
  return { step: 'hand-over', queueArn: DeadLetterConfig.Arn, message: deadLetter(row, reason) };
}

function deadLetter(row: DeliveryRow, reason: string): QueueMessage {
  const { Arn, Input } = targetOf(row);
  const attributes = {
    ERROR_CODE: 'TARGET_UNREACHABLE',
    ERROR_MESSAGE: reason,
    EXECUTION_ID: row.id,
    RETRY_ATTEMPTS: String(row.tries - 1),
    SCHEDULED_TIME: new Date(row.scheduled_at).toISOString(),
    SCHEDULE_ARN: scheduleArn(row.grp, row.name),
    TARGET_ARN: Arn,
  };
  return { body: payloadText(Input, runOf(row)), attributes };
}

async function callFunction(invoke: Invoke, functionName: string, text: string): Promise<TryOutcome> {
  const outcome = await invoke(functionName, parseJson(text));
  if (outcome.ok) return { kind: 'delivered' };
  const { errorType, errorMessage: message } = outcome;
  return { kind: 'function-error', functionName, errorType, message };
}

function targetOf({ document }: DeliveryRow): ScheduleDocument['Target'] {
  return (JSON.parse(document) as ScheduleDocument).Target;
}

/** Rejects when the queue can't be reached. */
export async function sendTo({ sendToQueue }: Reach, queueArn: string, message: QueueMessage): Promise<void> {
  if (!sendToQueue) throw new Error('queues are out of reach');
  await sendToQueue(queueArn, message);
}

function runOf(row: DeliveryRow) {
  return {
    executionId: row.id,
    scheduleArn: scheduleArn(row.grp, row.name),
    scheduledAt: row.scheduled_at,
    attempt: row.tries,
  };
}
