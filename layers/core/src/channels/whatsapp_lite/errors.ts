import type { Done, ProviderError, Receipt } from '../contract.ts';
import { retryAfterMs, type ProviderAnswer, type Silence } from '../shared/http.ts';
import { readAs } from '../shared/read.ts';
import { again, errorOfRefusal, mend, never, refusal, sendErrorOf, unclear, type Failure } from '../shared/receipt.ts';
import { evolutionRefusal, sessionProblem } from './api.ts';
import { isOk } from './call.ts';

const key = mend('auth', 'key_invalid', 'The API key is not accepted. Check the account’s credentials.');
const refused = never('invalid', 'refused', 'The provider refused the message.');

/** Somebody has to scan a code. */
export const disconnected = mend(
  'auth',
  'session_disconnected',
  'The WhatsApp session is not connected. Scan the QR code again.',
);
/** It passes. */
export const starting = again('provider_down', 'session_starting', 'The WhatsApp session is being connected.', 10_000);
/** WhatsApp itself does not know the number. */
export const notOnWhatsApp = never('recipient_unavailable', 'not_on_whatsapp', 'This number is not on WhatsApp.');

/** No provider publishes codes; the HTTP status is all there is. */
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
  return refusal(failureIn(answer), String(status), retryAfterMs(answer.headers));
}

/** What is wrong with something asked that is no message. */
export function errorOf(answer: ProviderAnswer | Silence): ProviderError {
  if (answer.kind !== 'answer')
    return sendErrorOf(again('provider_down', 'provider_unreachable', 'The provider gave no answer.'), answer.code);
  const down = again('provider_down', 'provider_error', 'The provider had a problem of its own.');
  const failure = answer.status >= 500 ? down : failureIn(answer);
  return errorOfRefusal(refusal(failure, String(answer.status), retryAfterMs(answer.headers)));
}

/** Of what is done or not. */
export function doneOf(answer: ProviderAnswer | Silence): Done {
  return isOk(answer) ? { ok: true } : { ok: false, error: errorOf(answer) };
}

/** Evolution answers 400 for a number that is not on WhatsApp, saying so, and for everything else that went wrong. */
export function isUnexplained({ status, json }: ProviderAnswer): boolean {
  return status === 400 && !saysNotOnWhatsApp(json);
}

/** Notify may say in a 200 that it failed. */
export function receiptOfFailedStatus(): Receipt {
  return refusal(mend('invalid', 'refused', 'The provider refused the message.'), 'failed');
}

function failureIn({ status, json }: ProviderAnswer): Failure {
  const session = readAs(sessionProblem, json)?.status;
  if (session !== undefined) return session === 'STARTING' ? starting : disconnected;
  return saysNotOnWhatsApp(json) ? notOnWhatsApp : (failures[status] ?? refused);
}

function saysNotOnWhatsApp(json: unknown): boolean {
  return readAs(evolutionRefusal, json)?.response.message.some(({ exists }) => exists === false) ?? false;
}
