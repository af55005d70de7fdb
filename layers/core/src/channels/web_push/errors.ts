import type { Receipt } from '../contract.ts';
import { retryAfterMs, type ProviderAnswer } from '../shared/http.ts';
import { fieldsOf } from '../shared/read.ts';
import { again, mend, never, refusal, slower, unclear, type Failure } from '../shared/receipt.ts';

const gone = never(
  'recipient_unavailable',
  'gone',
  'The customer’s browser no longer takes notifications from this site.',
);

/**
 * Of this subscription alone: anyone can bring one that was made for another key, so it says nothing of the account's. The subscription stays, as it is
 * the key that may be wrong.
 */
const vapid = (code: string) =>
  mend(
    'recipient_unavailable',
    code,
    'The push service does not accept the site’s VAPID keys for this subscription. It is renewed when the customer next visits the site.',
  );

/** One service among several, and for this site or this browser. */
const busy = slower('unclear', 'too_many', 'The push service takes no more pushes for now.', 10_000);

const down = again('provider_down', 'push_service_down', 'The push service could not take the message.');

/** The account's own mistake, whatever a push service says. */
export const badKeys = mend(
  'auth',
  'bad_vapid_keys',
  'The site’s VAPID keys are no pair: public and private key differ.',
);

/** By the status alone: only Mozilla's service says more, and its numbers agree with it. */
const failures: Record<number, Failure> = {
  400: never('invalid', 'bad_request', 'The push service found the request invalid.'),
  401: vapid('vapid_refused'),
  403: vapid('vapid_mismatch'),
  404: gone,
  /** Edge's service */
  406: busy,
  410: gone,
  413: never('invalid', 'too_large', 'The message is too large for the push service.'),
  429: busy,
  500: down,
  503: down,
};

/** For an answer that is not a success. 500 and 503 are the service's own word that it failed; of any other, the message may have been taken. */
export function receiptOfRefusal(answer: ProviderAnswer): Receipt {
  const { status } = answer;
  const failure = failures[status];
  if (failure) return leaving(failure, refusal(failure, codeOf(answer), retryAfterMs(answer.headers)));
  if (status < 400 || status >= 500) return unclear('The push service', status);
  return refusal(never('invalid', 'refused', 'The push service refused the message.'), codeOf(answer));
}

/** Only 404 and 410 say that there is no such subscription any more. */
function leaving(failure: Failure, receipt: Receipt): Receipt {
  return failure === gone && receipt.outcome === 'refused' ? { ...receipt, gone: true } : receipt;
}

/** Mozilla's `errno` beside the status. */
function codeOf({ status, json }: ProviderAnswer): string {
  const { errno } = fieldsOf(json);
  return typeof errno === 'number' ? `${status}/${errno}` : String(status);
}
