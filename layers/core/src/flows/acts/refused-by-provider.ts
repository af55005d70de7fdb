import type { ProviderError } from '../../channels/contract.ts';
import { compact } from '../../domain/compact.ts';
import { refuse } from '../../domain/problem.ts';
import type { Problem } from '../../domain/problem.ts';

/** A provider's no to something that is no message, passed on with its code. */
export function refusedByProvider(
  error: ProviderError,
  { label, details }: { label?: string; details?: string } = {},
): { ok: false; problem: Problem } {
  const { code, message } = error;
  const words = label === undefined ? message : `${label}: ${message}`;
  // `not_found` is a 404: something of ours that is not there
  const told = code === 'not_found' ? 'unknown_to_provider' : code;
  return refuse(statusOfNo(error), told, words, { ...compact({ details }), ...waitOf(error) });
}

/** 422, or 429 where the provider takes no more for now. */
export function statusOfNo({ class: kind }: ProviderError): 422 | 429 {
  return kind === 'rate_limited' ? 429 : 422;
}

/** How long the provider asked to wait, if it takes no more for now. */
export function waitOf(error: ProviderError): { retryAfterS?: number } {
  const { retryAfterMs } = error;
  return statusOfNo(error) === 422 || retryAfterMs === undefined ? {} : { retryAfterS: Math.ceil(retryAfterMs / 1000) };
}
