/** How far a message has got. */
export type Status = 'PENDING' | 'SENT' | 'DELIVERED' | 'READ' | 'FAILED';

/** Our classes of failure; what an agent can do about each differs. */
export type ErrorClass =
  | 'window_closed'
  | 'recipient_unavailable'
  | 'opted_out'
  | 'rate_limited'
  | 'auth'
  | 'account_restricted'
  | 'template_problem'
  | 'media_problem'
  | 'invalid'
  | 'provider_down'
  | 'unknown_outcome'
  /** an agent took it back before it left */
  | 'cancelled';

/** Why a send failed, in words an agent can act on. Never holds the message's text or a credential. */
export interface SendError {
  code: string;
  class: ErrorClass;
  message: string;
  permanent: boolean;
  providerCode?: string;
}

/** One step of a message's life. `at` is when we learnt it, `providerAt` when the provider says it happened (both ms). */
export interface Mark {
  at: number;
  providerAt?: number;
  detail?: string;
  error?: SendError;
}

/**
 * What is known of an attempt: at most one mark per step. The status is read off it, never stored.
 * `unknown` says that the provider's answer was lost: the message stays PENDING until a later mark resolves it.
 */
export type Progress = { [step in 'unknown' | 'sent' | 'delivered' | 'read' | 'failed']?: Mark };
/** What can happen to an attempt. */
export type Step = keyof Progress;

/** Joins one mark into what is known: commutative, associative and idempotent, so order and repetition do not matter. */
export function advance(progress: Progress, step: Step, mark: Mark): Progress {
  const known = progress[step];
  return known !== undefined && !precedes(mark, known) ? progress : { ...progress, [step]: mark };
}

/** A mark with the provider's own time is better than one without; then the earlier is the first report of the fact. */
export function precedes(mark: Mark, known: Mark): boolean {
  const time = mark.providerAt ?? Infinity;
  const knownTime = known.providerAt ?? Infinity;
  return time === knownTime ? mark.at < known.at : time < knownTime;
}

/** DELIVERED and READ are proof of arrival and beat FAILED; FAILED beats PENDING and SENT. */
export function statusOf(progress: Progress): Status {
  if (progress.read) return 'READ';
  if (progress.delivered) return 'DELIVERED';
  if (progress.failed) return 'FAILED';
  return progress.sent ? 'SENT' : 'PENDING';
}

/** It has failed because nobody said in time whether it arrived. */
export function isUnknown(progress: Progress): boolean {
  return statusOf(progress) === 'FAILED' && progress.failed?.error?.class === 'unknown_outcome';
}

/** A mark, with the status it speaks for. */
export interface HistoryEntry extends Mark {
  status: Status;
}

const statusOfStep = {
  unknown: 'PENDING',
  sent: 'SENT',
  delivered: 'DELIVERED',
  read: 'READ',
  failed: 'FAILED',
} as const;
const rank: Record<Status, number> = { PENDING: 0, SENT: 1, FAILED: 2, DELIVERED: 3, READ: 4 };

/** Every step in the order it happened by the provider's clock; where times are equal, in the order of the lattice. */
export function historyOf(progress: Progress, createdAt: number): HistoryEntry[] {
  const steps = Object.entries(progress) as [Step, Mark][];
  const entries = steps.map(([step, mark]) => ({ time: timeOf(step, progress), status: statusOfStep[step], mark }));
  entries.sort((a, b) => a.time - b.time || rank[a.status] - rank[b.status]);
  return [{ status: 'PENDING', at: createdAt }, ...entries.map(({ status, mark }) => ({ status, ...mark }))];
}

/** Our clock alone says when a message was sent where the provider does not; by that it was still sent before it arrived. */
function timeOf(step: Step, progress: Progress): number {
  const mark = progress[step];
  const time = mark?.providerAt ?? mark?.at ?? Infinity;
  if (step !== 'sent' || mark?.providerAt !== undefined) return time;
  return Math.min(time, ...(['delivered', 'read'] as const).map((later) => timeOf(later, progress)));
}

/** The step that a provider's status reports. */
export function stepOf(status: Exclude<Status, 'PENDING'>): Step {
  return status.toLowerCase() as Step;
}
