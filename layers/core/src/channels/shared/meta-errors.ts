import type { InferOutput } from 'valibot';
import type { Done, ProviderError, Receipt } from '../contract.ts';
import { retryAfterMs, type ProviderAnswer, type Silence } from './http.ts';
import { refused, type Graph } from './meta-api.ts';
import { readAs } from './read.ts';
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
} from './receipt.ts';

const MINUTE = 60_000;

/** By `code/subcode`, by a subcode that is unique (seven digits), or by code. */
export type Failures = Record<string, Failure>;

/** "Invalid JSON reply": given although messages were sent ("Error codes", 1/1357046). */
const UNKNOWN_OUTCOME = 1_357_046;
const UNIQUE_SUBCODE = 1_000_000;

/** What both products answer ("Error codes"); which may be tried again is our reading of it. */
export function commonFailures(label: string): Failures {
  const token = mend(
    'auth',
    'token_invalid',
    `${label} no longer accepts the access token. Connect the account again.`,
  );
  const permission = mend('auth', 'permission_missing', 'The access token lacks a permission this needs.');
  const limit = again('rate_limited', 'call_limit', `${label} takes fewer calls than are made.`, MINUTE);
  const closed = never('window_closed', 'window_closed', 'The customer last wrote over 24 hours ago.');
  const away = never('recipient_unavailable', 'unavailable', `The customer can not be reached on ${label}.`);
  const unfit = never('media_problem', 'media_unfit', `${label} does not take this file: check its type and size.`);
  return {
    0: token,
    1: again('provider_down', 'unknown_error', `${label} could not handle the request.`),
    2: again('provider_down', 'provider_error', `${label} had a problem of its own.`),
    4: limit,
    10: permission,
    17: limit,
    32: limit,
    100: never('invalid', 'invalid_parameter', `${label} found a part of the message invalid.`),
    '100/33': mend('auth', 'account_missing', 'The account does not exist or the access token may not use it.'),
    190: token,
    200: permission,
    230: permission,
    368: restricted(
      'account_restricted',
      'policy_restriction',
      `${label} blocks the account for a while for its behavior.`,
    ),
    551: away,
    613: limit,
    1200: again('provider_down', 'send_failed', `${label} could not send the message for now.`),
    9000001: never('invalid', 'message_deleted', 'The message was deleted.'),
    1545041: away,
    2018001: never('recipient_unavailable', 'no_such_user', `${label} knows no such customer of this account.`),
    2018008: again('media_problem', 'media_fetch', `${label} could not fetch the file from its link.`),
    2018014: never('invalid', 'two_actions', 'A message and an action can not go together.'),
    2018028: permission,
    2018047: unfit,
    2018065: closed,
    // what is tried again is uploaded again
    2018074: again('media_problem', 'media_gone', 'The uploaded file has expired or belongs to another account.'),
    2018108: never('recipient_unavailable', 'not_now', 'The customer can not receive messages now.'),
    2018109: never('media_problem', 'media_too_large', `The file is larger than ${label} takes.`),
    2018278: closed,
    2018294: never('media_problem', 'video', `${label} could not read the video.`),
    2018300: mend('account_restricted', 'not_owner', 'Another app leads this conversation now.'),
    2018321: again('provider_down', 'automation', 'Automated questions are running in this conversation.', MINUTE),
  };
}

/** What went wrong with a call that is no send. */
export function errorOf(
  answer: ProviderAnswer | Silence,
  { label, failures }: Pick<Graph, 'label' | 'failures'>,
): ProviderError {
  const receipt =
    answer.kind === 'answer' ? receiptOfRefusal(answer, label, failures) : receiptOfSilence(answer, label);
  if (receipt.outcome === 'refused') return errorOfRefusal(receipt);
  return sendErrorOf(again('provider_down', 'no_answer', `${label} gave no answer that could be understood.`));
}

/** Of a call that is done or not. */
export function doneOf(answer: ProviderAnswer | Silence, graph: Pick<Graph, 'label' | 'failures'>): Done {
  const isDone = answer.kind === 'answer' && answer.status === 200;
  return isDone ? { ok: true } : { ok: false, error: errorOf(answer, graph) };
}

/** For an answer that is not a success: by Meta's codes, else by the HTTP status. */
export function receiptOfRefusal(answer: ProviderAnswer, label: string, failures: Failures): Receipt {
  const error = readAs(refused, answer.json)?.error;
  if (error?.error_subcode === UNKNOWN_OUTCOME) return unclear(label, answer.status);
  const failure = (error && failureOf(error, label, failures)) ?? failureOfHttp(answer.status, label);
  if (!failure) return unclear(label, answer.status);
  return refusal(failure, codeOf(error) ?? String(answer.status), retryAfterMs(answer.headers));
}

type Refused = InferOutput<typeof refused>['error'];

function failureOf(error: Refused, label: string, failures: Failures): Failure | undefined {
  const { code, error_subcode: subcode = 0, is_transient: passes } = error;
  const keys = [`${code}/${subcode}`, ...(subcode >= UNIQUE_SUBCODE ? [String(subcode)] : []), String(code)];
  const key = keys.find((one) => Object.hasOwn(failures, one));
  if (key !== undefined) return failures[key];
  if (code > 200 && code < 300) return failures['200'];
  return passes ? again('provider_down', 'passing', `${label} could not take the message for now.`) : undefined;
}

/** Undefined where it can't be told whether the message was taken. */
function failureOfHttp(status: number, label: string): Failure | undefined {
  if (status === 401 || status === 403)
    return mend('auth', 'token_refused', `${label} refused the access token. Connect the account again.`);
  if (status === 429) return again('rate_limited', 'rate_limited', `${label} takes no more messages for the moment.`);
  return status >= 400 && status < 500 ? never('invalid', 'refused', `${label} refused the message.`) : undefined;
}

function codeOf(error: Refused | undefined): string | undefined {
  if (!error) return undefined;
  return error.error_subcode === undefined ? String(error.code) : `${error.code}/${error.error_subcode}`;
}
