import type { Message } from './message.ts';
import { statusOf } from './status.ts';

/**
 * Why a message has not left. `scheduled`: its time has not come; `quiet_hours`: it came within those; `account`: its account can't send; `window`: its
 * customer has to write first; `rate_limit`: its account or recipient may get no more for now; `retry`: the provider could not take it;
 * `media`: its file is being made ready; `template`: the provider holds its template back.
 */
export type WaitReason =
  | 'scheduled'
  | 'account'
  | 'quiet_hours'
  | 'window'
  | 'rate_limit'
  | 'retry'
  | 'media'
  | 'template';

export interface Wait {
  reason: WaitReason;
  /** when it goes on by itself (ms), where that is known */
  until?: number;
  /** `until` is a moment of its account's pace, which it took then (ms) */
  moment?: number;
  /** messages a second to which its account's provider has slowed it */
  perSecond?: number;
}

/** What a message waits for. Undefined: for nothing that is known, or it has left, or its provider has been asked. */
export function waitOf(message: Message): Wait | undefined {
  const { direction, claimedAt, progress, preparing, wait } = message;
  if (direction === 'INBOUND' || claimedAt !== undefined || progress.unknown) return undefined;
  if (statusOf(progress) !== 'PENDING') return undefined;
  return preparing && (!wait || wait.moment) ? { reason: 'media' } : wait;
}

/** A message that is to leave at that time (ms). */
export function scheduledFor<M extends Pick<Message, 'scheduledAt' | 'wait'>>(message: M, at: number): M {
  return { ...message, scheduledAt: at, wait: { reason: 'scheduled', until: at } };
}

/** Whether its sender put it off, and until when: what it is due for is another matter. */
export function isPutOff(wait: Wait): wait is Wait & { until: number } {
  return wait.until !== undefined && ['rate_limit', 'retry', 'template'].includes(wait.reason);
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** The day is cut into stretches, the same for everybody. */
const STRETCH_MS = 6 * HOUR_MS;

/** A message is back in its queue so long before it may go; the scheduler may be a minute late (EventBridge Scheduler, "Schedule types"). */
const BACK_BEFORE_MS = 10 * MINUTE_MS;
const WOKEN_BEFORE_MS = 2 * MINUTE_MS;

/**
 * When a message that waits until then is to be put back into its queue (ms). Undefined: it stays there. What has to wait into another stretch of the day waits
 * outside, and all of a stretch come back before it begins. So of two messages that go in the order in which they were written, the later one is
 * never in the queue while the earlier one is outside.
 */
export function backAt(until: number, now: number): number | undefined {
  const stretch = Math.floor((until - BACK_BEFORE_MS) / STRETCH_MS) * STRETCH_MS;
  return stretch > now ? stretch - WOKEN_BEFORE_MS : undefined;
}
