import type { SendError } from '../../domain/status.ts';
import type { ProviderError, Receipt } from '../contract.ts';
import { retryAfterMs, type ProviderAnswer, type Silence } from '../shared/http.ts';
import { readAs } from '../shared/read.ts';
import {
  again,
  mend,
  never,
  refusal,
  restricted,
  errorOfRefusal,
  sendErrorOf,
  slower,
  unclear,
  type Failure,
} from '../shared/receipt.ts';
import { refused } from './api.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const token = mend('auth', 'token_invalid', 'WhatsApp no longer accepts the access token. Connect the account again.');
const permission = mend('auth', 'permission_missing', 'The access token lacks a permission this needs.');
const hidden = mend(
  'auth',
  'account_missing',
  'The number or account does not exist, or the access token may not use it.',
);
const unreachable = again('provider_down', 'provider_unreachable', 'WhatsApp could not be reached.');
const parameter = invalid('invalid_parameter', 'WhatsApp found a part of the message invalid.');
const down = again('provider_down', 'provider_error', 'WhatsApp had a problem of its own.');
const values = template('template_values', 'The values do not fit the template: their number or form differs.');
const group = invalid('group', 'The group does not allow this.');
const payment = account('payment', "The account's payment method has a problem.");
const registration = account('registration', "The number's registration has a problem.");
const pin = account('pin_problem', "The number's two-step PIN needs attention.");

/** Meta's codes (WhatsApp Cloud API, "Error codes"); which may be tried again is our reading of them. */
const failures: Record<number, Failure> = {
  0: token,
  1: again('provider_down', 'unknown_request', 'WhatsApp could not handle the request.'),
  2: down,
  3: permission,
  4: again('rate_limited', 'app_rate_limit', 'The app makes too many calls.', MINUTE),
  10: permission,
  33: account('number_gone', 'The business number was deleted or its id is wrong.'),
  100: parameter,
  190: mend('auth', 'token_expired', 'The access token has expired. Connect the account again.'),
  368: account('policy_restriction', 'WhatsApp restricts the account for breaking a policy.'),
  80007: again('rate_limited', 'account_rate_limit', 'The WhatsApp account makes too many calls.', 10 * MINUTE),
  130429: again('rate_limited', 'throughput', 'The number sends faster than WhatsApp allows.', SECOND),
  130472: recipient('experiment', 'WhatsApp holds this customer in a test group without marketing.'),
  130497: never('account_restricted', 'country', "The account may not write to customers in this customer's country."),
  131000: down,
  131005: permission,
  131008: invalid('parameter_missing', 'A required part of the message is missing.'),
  131009: parameter,
  131016: down,
  131020: group,
  131021: invalid('self', 'The recipient is the business number itself.'),
  131026: recipient('undeliverable', 'The customer can not be reached on WhatsApp.'),
  131030: recipient('not_allowed', 'A test number may write only to the numbers on its list.'),
  131031: account('account_locked', 'WhatsApp has locked the account.'),
  131037: account('display_name', "The number's display name is not approved."),
  131041: group,
  131042: payment,
  131044: payment,
  131045: registration,
  131047: never('window_closed', 'window_closed', 'The customer last wrote over 24 hours ago. Send a template.'),
  131048: restricted(
    'account_restricted',
    'spam',
    'Too many customers blocked or reported this number. WhatsApp limits it.',
  ),
  131049: mend(
    'recipient_unavailable',
    'marketing_cap',
    'WhatsApp holds back marketing for this customer. Wait a day.',
  ),
  131050: never('opted_out', 'no_marketing', 'The customer does not want marketing messages.'),
  131051: invalid('type', 'WhatsApp does not take this type of message.'),
  131052: never(
    'media_problem',
    'media_download',
    "WhatsApp could not download the customer's file. Ask for it again.",
  ),
  131053: never('media_problem', 'media_upload', 'WhatsApp could not take the file: check its link, type and size.'),
  131055: invalid('method', 'WhatsApp does not allow this call.'),
  131056: slower('recipient', 'pair_rate', 'Too many messages to this one customer in a short time.', 6 * SECOND),
  131057: again('provider_down', 'maintenance', 'WhatsApp is upgrading the number.', MINUTE),
  131059: again('provider_down', 'cursor', 'The list of templates has to be read anew.'),
  131060: invalid('unavailable', 'WhatsApp does not show this message to the business.'),
  131062: invalid('needs_phone', 'This message needs a phone number; the customer has only a user id.'),
  131063: template('marketing_disabled', 'Marketing templates are switched off for the account.'),
  131064: restricted(
    'account_restricted',
    'misclassified',
    'WhatsApp limits the account for templates in the wrong category.',
  ),
  132000: values,
  132001: template('template_missing', 'The template is not approved or not there in this language.'),
  132005: template('template_too_long', 'With its values filled in, the template is too long.'),
  132007: template('template_policy', "The template breaks WhatsApp's policy."),
  132008: values,
  132012: values,
  132015: template('template_paused', 'The template is paused for its low quality.'),
  132016: template('template_disabled', 'The template is disabled for its low quality.'),
  132068: template('flow_blocked', 'The form of this template is blocked.'),
  132069: slower('template', 'flow_throttled', 'The form of this template was used too often. Wait an hour.', HOUR),
  133000: registration,
  133004: again('provider_down', 'server_unavailable', 'WhatsApp is not available at the moment.'),
  133005: pin,
  133006: pin,
  133008: pin,
  133009: pin,
  133010: account('not_registered', 'The number is not registered for the Cloud API.'),
  133015: mend('rate_limited', 'registration_wait', 'Wait five minutes before registering the number.'),
  133016: mend('rate_limited', 'registration_rate', 'The number was registered too often.'),
  134011: account('payment_terms', 'The terms of WhatsApp payments are not accepted.'),
  135000: parameter,
  137000: recipient('identity_changed', "The customer's identity key has changed."),
};

/** Ranges that Meta gives as a whole: [first, last, what they mean]. */
const ranges: [number, number, Failure][] = [
  [200, 299, permission],
  [131200, 131299, group],
  [147001, 147005, invalid('username', 'The username does not allow this.')],
  [2388000, 2388999, template('template_rules', "The template breaks WhatsApp's rules for templates.")],
];

/** For a `failed` status, which may come without a code. */
export function errorOfStatus(code: number | undefined): SendError {
  const unknown = mend('invalid', 'refused', 'WhatsApp could not deliver the message.');
  return sendErrorOf(failureOf(code) ?? unknown, code?.toString());
}

/** For an answer that is not a success: by Meta's code, else by the HTTP status. */
export function receiptOfRefusal(answer: ProviderAnswer): Receipt {
  const code = codeOf(answer);
  const failure = failureOfAnswer(answer);
  if (!failure) return unclear('WhatsApp', answer.status);
  return refusal(failure, (code ?? answer.status).toString(), retryAfterMs(answer.headers));
}

/** For a question that may be asked again, so that an answer lost is no more than that. */
export function errorOf(answer: ProviderAnswer | Silence): ProviderError {
  if (answer.kind !== 'answer') return sendErrorOf(unreachable, answer.code);
  const code = (codeOf(answer) ?? answer.status).toString();
  return errorOfRefusal(refusal(failureOfAnswer(answer) ?? down, code, retryAfterMs(answer.headers)));
}

/** Undefined when the answer has none of Meta's codes. */
export function codeOf(answer: ProviderAnswer): number | undefined {
  return readAs(refused, answer.json)?.error.code;
}

/** 100/33: an id that does not exist, or that this token may not see; Meta does not tell which. */
function failureOfAnswer(answer: ProviderAnswer): Failure | undefined {
  const isHidden = readAs(refused, answer.json)?.error.error_subcode === 33;
  return isHidden ? hidden : (failureOf(codeOf(answer)) ?? failureOfHttp(answer.status));
}

function failureOf(code: number | undefined): Failure | undefined {
  if (code === undefined) return undefined;
  return failures[code] ?? ranges.find(([first, last]) => code >= first && code <= last)?.[2];
}

/** Undefined where it can't be told whether the message was taken. */
function failureOfHttp(status: number): Failure | undefined {
  if (status === 401 || status === 403) return token;
  if (status === 429) return again('rate_limited', 'rate_limited', 'WhatsApp takes no more messages for the moment.');
  return status >= 400 && status < 500 ? never('invalid', 'refused', 'WhatsApp refused the message.') : undefined;
}

function invalid(code: string, message: string): Failure {
  return never('invalid', code, message);
}

function recipient(code: string, message: string): Failure {
  return never('recipient_unavailable', code, message);
}

function template(code: string, message: string): Failure {
  return never('template_problem', code, message);
}

function account(code: string, message: string): Failure {
  return mend('account_restricted', code, message);
}
