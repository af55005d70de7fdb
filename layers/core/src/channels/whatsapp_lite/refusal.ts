import type { Receipt } from '../contract.ts';
import { retryAfterMs, type ProviderAnswer } from '../shared/http.ts';
import { readAs } from '../shared/read.ts';
import { again, mend, never, refusal, unclear, type Failure } from '../shared/receipt.ts';
import { sessionProblem } from './api.ts';

const key = mend('auth', 'key_invalid', 'The API key is not accepted. Check the account’s credentials.');
const session = mend('auth', 'session_disconnected', 'The WhatsApp session is not connected. Scan the QR code again.');

/** Neither provider publishes codes; the HTTP status is all there is. */
const failures: Record<number, Failure> = {
  401: key,
  403: key,
  404: mend('auth', 'not_found', 'The suit or session does not exist. Check the account’s credentials.'),
  413: never('media_problem', 'too_large', 'The file is too large.'),
  429: again('rate_limited', 'rate_limited', 'The number sends faster than the provider allows.', 60_000),
};

/**
 * For an answer that is not a success. 5xx: Notify answers 500 for a wrong key as well as for faults after sending, and
 * a second call would send a second message, so the outcome is unknown.
 */
export function receiptOfRefusal(answer: ProviderAnswer): Receipt {
  const { status } = answer;
  if (status < 400) return unclear('The provider', status);
  if (status >= 500)
    return {
      outcome: 'unknown',
      detail: `The provider answered ${status}: check the API key, and whether the message arrived.`,
    };
  const known = readAs(sessionProblem, answer.json) ? session : failures[status];
  return refusal(
    known ?? never('invalid', 'refused', 'The provider refused the message.'),
    String(status),
    retryAfterMs(answer.headers),
  );
}

/** Notify may say in a 200 that it failed. */
export function receiptOfFailedStatus(): Receipt {
  return refusal(mend('invalid', 'refused', 'The provider refused the message.'), 'failed');
}
