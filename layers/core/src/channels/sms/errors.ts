import { parseReference } from '../../domain/reference.ts';
import type { Receipt } from '../contract.ts';
import { retryAfterMs, type ProviderAnswer } from '../shared/http.ts';
import { again, mend, never, refusal, unclear, type Failure } from '../shared/receipt.ts';

const key = mend('auth', 'key_invalid', 'The SMS provider does not accept the credentials. Check the account.');
const refused = mend('invalid', 'refused', 'The SMS provider refused the message.');

/** VictoryLink's codes, as its clients know them; the two that mean «taken» are not among them. */
const failures: Record<number, Failure> = {
  [-1]: mend('auth', 'not_subscribed', 'VictoryLink does not know this user. Check the account’s credentials.'),
  [-5]: mend('account_restricted', 'no_credit', 'The VictoryLink account has no credit left. Top it up.'),
  [-11]: never('invalid', 'language', 'VictoryLink did not take the language of the text.'),
  [-12]: never('invalid', 'empty', 'The text is empty.'),
  [-13]: mend('account_restricted', 'sender', 'VictoryLink does not take this sender name. Check the account.'),
  [-25]: again('rate_limited', 'rate', 'VictoryLink takes no more messages for the moment.', 10_000),
};

const other = again('provider_down', 'provider_error', 'VictoryLink had a problem of its own.', 10_000);

const http: Record<number, Failure> = {
  401: key,
  403: key,
  404: mend('auth', 'not_found', 'The SMS provider does not know this account. Check its credentials.'),
  429: again('rate_limited', 'rate_limited', 'The SMS provider takes no more messages for the moment.', 60_000),
};

/** For a code that is not a success. -100 says nothing: it is asked once more, with the same SMSID, and no more. */
export function receiptOfCode(code: number, reference: string): Receipt {
  if (code !== -100) return refusal(failureOfCode(code), String(code));
  const isFirst = (parseReference(reference)?.attempt ?? 1) === 1;
  return refusal(isFirst ? other : { ...other, retryable: false }, String(code));
}

/** What a code says that is no success; one that nobody has seen says only that. */
export function failureOfCode(code: number): Failure {
  return code === -100 ? other : (failures[code] ?? refused);
}

/** Notify may say in a 200 that it failed. */
export function receiptOfFailedStatus(): Receipt {
  return refusal(refused, 'failed');
}

/** By HTTP status. Notify answers 500 for a wrong key as well as for faults after sending, and a second call would send a second SMS. */
export function receiptOfHttp(answer: ProviderAnswer): Receipt {
  const { status } = answer;
  if (status >= 500)
    return {
      outcome: 'unknown',
      detail: `The SMS provider answered ${status}: check the credentials, and whether the message arrived.`,
    };
  if (status < 400) return unclear('The SMS provider', status);
  const failure = http[status] ?? never('invalid', 'refused', 'The SMS provider refused the message.');
  return refusal(failure, String(status), retryAfterMs(answer.headers));
}
