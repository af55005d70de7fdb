import type { Invoke } from '../http-api/invoke.ts';
import type { ScheduleDocument } from './inputs.ts';
import type { DeliveryRow } from './store.ts';
import { parseJson, payloadText, readTarget } from './targets.ts';

/** A message for an SQS queue. */
export type QueueMessage = { body: string; groupId?: string; attributes?: Record<string, string> };

/** Sends to the queue of an ARN; rejects when it can't. */
type SendToQueue = (queueArn: string, message: QueueMessage) => Promise<void>;

/** How targets are reached. Without `sendToQueue` a queue target counts as unreachable. */
export type Reach = { invoke: Invoke; sendToQueue?: SendToQueue };

/** How one try ended: the target took it, the function took it and failed, or the target could not be reached. */
type TryOutcome = { kind: 'delivered' } | { kind: 'function-error' | 'unreachable'; message: string };

/** What follows a try: done, another try at a time, or the dead-letter queue. */
type NextStep = { step: 'finish' } | { step: 'retry'; at: number } | { step: 'dead-letter'; queueArn: string };

const SCHEDULE_ARN = 'arn:aws:scheduler:us-east-1:000000000000:schedule/';

/** The ARN of a schedule. */
export function scheduleArn(group: string, name: string): string {
  return `${SCHEDULE_ARN}${group}/${name}`;
}

/** Tries a delivery once. */
export async function tryDelivery(reach: Reach, row: DeliveryRow): Promise<TryOutcome> {
  const { Target } = JSON.parse(row.document) as ScheduleDocument;
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
 * Decides what follows. A function that failed is Lambda's to retry: twice, after one and two minutes. A target that
 * could not be reached is the scheduler's, by the target's RetryPolicy, then its dead-letter queue.
 */
export function nextStep(row: DeliveryRow, outcome: TryOutcome, now: number): NextStep {
  if (outcome.kind === 'delivered') return { step: 'finish' };
  if (outcome.kind === 'function-error') {
    return row.faults < 2 ? { step: 'retry', at: now + (row.faults + 1) * 60_000 } : { step: 'finish' };
  }
  const { RetryPolicy, DeadLetterConfig } = (JSON.parse(row.document) as ScheduleDocument).Target;
  const at = now + Math.min(1000 * 2 ** (row.tries - 1), 300_000);
  const expires = (row.first_try_at ?? now) + RetryPolicy.MaximumEventAgeInSeconds * 1000;
  if (row.tries <= RetryPolicy.MaximumRetryAttempts && at <= expires) return { step: 'retry', at };
  return DeadLetterConfig?.Arn === undefined
    ? { step: 'finish' }
    : { step: 'dead-letter', queueArn: DeadLetterConfig.Arn };
}

/** Sends what could not be delivered to its dead-letter queue. Rejects when that can't be reached either. */
export async function sendToDeadLetters(
  reach: Reach,
  row: DeliveryRow,
  queueArn: string,
  message: string,
): Promise<void> {
  const { Target } = JSON.parse(row.document) as ScheduleDocument;
  const attributes = {
    ERROR_CODE: 'TARGET_UNREACHABLE',
    ERROR_MESSAGE: message,
    EXECUTION_ID: row.id,
    RETRY_ATTEMPTS: String(row.tries - 1),
    SCHEDULED_TIME: new Date(row.scheduled_at).toISOString(),
    SCHEDULE_ARN: scheduleArn(row.grp, row.name),
    TARGET_ARN: Target.Arn,
  };
  await sendTo(reach, queueArn, { body: payloadText(Target.Input, runOf(row)), attributes });
}

async function callFunction(invoke: Invoke, functionName: string, text: string): Promise<TryOutcome> {
  const outcome = await invoke(functionName, parseJson(text));
  return outcome.ok ? { kind: 'delivered' } : { kind: 'function-error', message: outcome.errorMessage };
}

async function sendTo({ sendToQueue }: Reach, queueArn: string, message: QueueMessage): Promise<void> {
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
