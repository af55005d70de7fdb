import { refuse } from '../../domain/problem.ts';
import type { Problem } from '../../domain/problem.ts';
import type { SendError } from '../../domain/status.ts';

/** A provider's no to something that is no message, passed on with its code: 422, or 429 where it takes no more for now. */
export function refusedByProvider(
  { code, class: kind, message }: SendError,
  { label, details }: { label?: string; details?: string } = {},
): { ok: false; problem: Problem } {
  const words = label === undefined ? message : `${label}: ${message}`;
  // `not_found` is a 404: something of ours that is not there
  const told = code === 'not_found' ? 'unknown_to_provider' : code;
  return refuse(kind === 'rate_limited' ? 429 : 422, told, words, details === undefined ? {} : { details });
}
