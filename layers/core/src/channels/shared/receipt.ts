import type { ErrorClass, SendError } from '../../domain/status.ts';
import type { ProviderError, RateScope, Receipt } from '../contract.ts';
import type { Silence } from './http.ts';

/** A provider's failure, explained. `retryable`: the same request may succeed later. `permanent`: it never will. */
export interface Failure {
  code: string;
  class: ErrorClass;
  message: string;
  permanent: boolean;
  retryable: boolean;
  /** the least wait before the next try, where the provider's rules give one */
  retryAfterMs?: number;
  /** of a rate that was too high: whose it was, where not the account's */
  limit?: RateScope;
}

/** The request itself is wrong for good. */
export function never(kind: ErrorClass, code: string, message: string): Failure {
  return { class: kind, code, message, permanent: true, retryable: false };
}

/** Somebody has to mend the account, or wait longer than a queue should. */
export function mend(kind: ErrorClass, code: string, message: string): Failure {
  return { class: kind, code, message, permanent: false, retryable: false };
}

/** Worth another try by itself. */
export function again(kind: ErrorClass, code: string, message: string, retryAfterMs?: number): Failure {
  const failure: Failure = { class: kind, code, message, permanent: false, retryable: true };
  return retryAfterMs === undefined ? failure : { ...failure, retryAfterMs };
}

/** The same, of a rate that was too high. */
export function slower(limit: RateScope, code: string, message: string, retryAfterMs: number): Failure {
  return { ...again('rate_limited', code, message, retryAfterMs), limit };
}

/** A limit on what an account writes of its own accord is lifted in hours, not in minutes; no provider says when. */
const RESTRICTED_MS = 4 * 3_600_000;

/** An account that may write little for a while: its broadcasts wait, and so does this message. */
export function restricted(kind: 'rate_limited' | 'account_restricted', code: string, message: string): Failure {
  return { ...again(kind, code, message, RESTRICTED_MS), limit: 'bulk' };
}

/** A failure as messages and accounts keep it. `providerCode`: as the provider calls it. */
export function sendErrorOf(failure: Failure, providerCode?: string): SendError {
  const { code, class: kind, message, permanent } = failure;
  return { code, class: kind, message, permanent, ...(providerCode === undefined ? {} : { providerCode }) };
}

type Refused = Extract<Receipt, { outcome: 'refused' }>;

/** `retryAfterMs`, the wait the provider asked for, beats the failure's own. */
export function refusal(failure: Failure, providerCode?: string, retryAfterMs = failure.retryAfterMs): Refused {
  const error = sendErrorOf(failure, providerCode);
  const wait = failure.retryable && retryAfterMs !== undefined ? { retryAfterMs } : {};
  const limit = failure.limit === undefined ? {} : { limit: failure.limit };
  return { outcome: 'refused', error, retryable: failure.retryable, ...wait, ...limit };
}

/** The same of what is no message, and of which nothing is kept: the error has the wait with it. */
export function errorOfRefusal({ error, retryAfterMs }: Refused): ProviderError {
  return retryAfterMs === undefined ? error : { ...error, retryAfterMs };
}

/** Nothing reached the provider: try again. An answer that is lost: never again by itself. */
export function receiptOfSilence(silence: Silence, provider: string): Receipt {
  return silence.kind === 'not_sent'
    ? refusal(again('provider_down', 'provider_unreachable', `${provider} could not be reached.`), silence.code)
    : { outcome: 'unknown', detail: `${provider} gave no answer (${silence.code}); the message may have been sent.` };
}

/** An answer from which it can't be told whether the message was taken. */
export function unclear(provider: string, status: number): Receipt {
  return { outcome: 'unknown', detail: `${provider} answered ${status}; the message may have been sent.` };
}
