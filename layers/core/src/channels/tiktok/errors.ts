import type { GenericSchema, InferOutput } from 'valibot';
import type { Asked, Done, ProviderError, Receipt } from '../contract.ts';
import { retryAfterMs, type ProviderAnswer, type Silence } from '../shared/http.ts';
import { readAs } from '../shared/read.ts';
import {
  again,
  mend,
  never,
  receiptOfSilence,
  refusal,
  restricted,
  errorOfRefusal,
  sendErrorOf,
  unclear,
  type Failure,
} from '../shared/receipt.ts';
import { answer as envelope } from './api.ts';

const down = again('provider_down', 'provider_error', 'TikTok had a problem of its own.');
const slower = again('rate_limited', 'rate_limited', 'TikTok takes no more calls for the moment.', 10_000);
const token = mend('auth', 'token_invalid', 'TikTok no longer accepts the access token. Connect the account again.');

/** Return codes of TikTok API for Business. One code covers every rule for direct messages. */
const failures: Record<number, Failure> = {
  40001: mend('auth', 'permission_missing', 'The app has no permission to send messages for this account.'),
  40002: never('invalid', 'invalid_parameter', 'TikTok found a part of the message invalid.'),
  40007: never('recipient_unavailable', 'not_found', 'TikTok does not know this conversation.'),
  40064: never(
    'window_closed',
    'window_closed',
    'TikTok’s rules allow no message now: at most 10 within 48 hours after the customer last wrote, and none to who blocked you.',
  ),
  40100: slower,
  40105: token,
  40908: never('media_problem', 'file_type', 'TikTok takes JPG and PNG pictures of up to 3 MB.'),
  51065: down,
};

/** What else code 40064 may stand for: only its words tell (part of them, in lower case). */
const rules: [part: string, failure: Failure][] = [
  [
    'too fast',
    restricted(
      'rate_limited',
      'too_fast',
      'TikTok lets the account write no more for a while: it takes some hundred messages a day.',
    ),
  ],
  ['blocked', never('recipient_unavailable', 'blocked', 'The customer has blocked the account.')],
];

/** For an answer that is not a success: by TikTok's code, which comes with HTTP 200 too, else by the HTTP status. */
export function receiptOfRefusal(answer: ProviderAnswer): Receipt {
  const said = readAs(envelope, answer.json);
  const code = said?.code === 0 ? undefined : said?.code;
  const failure = code === undefined ? failureOfHttp(answer.status) : failureOf(code, said?.message);
  if (!failure) return unclear('TikTok', answer.status);
  return refusal(failure, String(code ?? answer.status), retryAfterMs(answer.headers));
}

/** A success comes with HTTP 200 and code 0. */
export function isTaken(answer: ProviderAnswer | Silence): answer is ProviderAnswer {
  return answer.kind === 'answer' && answer.status === 200 && readAs(envelope, answer.json)?.code === 0;
}

/** Of what is no message. */
export function doneOf(answer: ProviderAnswer | Silence): Done {
  return isTaken(answer) ? { ok: true } : { ok: false, error: errorOf(answer) };
}

/** What an answer says, as this schema reads it. */
export function readAnswer<T extends GenericSchema>(
  answer: ProviderAnswer | Silence,
  schema: T,
): Asked<InferOutput<T>> {
  const value = isTaken(answer) ? readAs(schema, answer.json) : undefined;
  return value === undefined ? { ok: false, error: errorOf(answer) } : { ok: true, value };
}

const unanswered = sendErrorOf(again('provider_down', 'no_answer', 'TikTok gave no clear answer.'));

function errorOf(answer: ProviderAnswer | Silence): ProviderError {
  const receipt = answer.kind === 'answer' ? receiptOfRefusal(answer) : receiptOfSilence(answer, 'TikTok');
  return receipt.outcome === 'refused' ? errorOfRefusal(receipt) : unanswered;
}

function failureOf(code: number, words = ''): Failure {
  const ruled = code === 40_064 ? rules.find(([part]) => words.toLowerCase().includes(part)) : undefined;
  const known = ruled?.[1] ?? failures[code];
  if (known) return known;
  return code >= 50_000 && code < 60_000 ? down : never('invalid', 'refused', 'TikTok refused the message.');
}

/** Undefined where it can't be told whether the message was taken. */
function failureOfHttp(status: number): Failure | undefined {
  if (status === 401 || status === 403) return token;
  if (status === 429) return slower;
  return status >= 400 && status < 500 ? never('invalid', 'refused', 'TikTok refused the message.') : undefined;
}
