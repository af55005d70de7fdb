import type { NodemailerError } from 'nodemailer';
import type { SendError } from '../../domain/status.ts';
import type { Receipt } from '../contract.ts';
import { again, mend, never, refusal, sendErrorOf, type Failure } from '../shared/receipt.ts';
import { enhancedIn, failureOf, isGone, wrongCredentials } from './codes.ts';

const unreachable = again('provider_down', 'server_unreachable', 'The mail server could not be reached.', 15_000);
const insecure = mend('auth', 'no_tls', 'The mail server offers no encryption, or none that works.');
const outOfDate = mend('auth', 'certificate_expired', "The mail server's certificate has run out.");
const ofAnother = mend('auth', 'certificate_mismatch', "The mail server's certificate is for another server name.");
const unvouched = mend('auth', 'certificate_untrusted', "Nobody we know vouches for the mail server's certificate.");
/** The account says of no server that mail goes to. */
export const noServer = mend(
  'auth',
  'no_server',
  "The account's base_url must be smtp://host:port or smtps://host:port.",
);
const misconfigured = mend('auth', 'not_configured', "The account's mail server or credentials are not set up.");
const unusable = never('invalid', 'not_sendable', 'The mail could not be put together.');

/** Certificate faults mend themselves as little as a wrong password. By OpenSSL's and Node's codes, the first that fits. */
const tlsFaults: [RegExp, Failure][] = [
  [/^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)$/, outOfDate],
  [/^ERR_TLS_CERT_ALTNAME_/, ofAnother],
  [/^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/, unvouched],
  [/^ERR_(?:TLS|SSL)_/, insecure],
];
const LOCAL = new Set(['ECONFIG', 'ENOAUTH', 'EFILEACCESS', 'EURLACCESS', 'EMAXRECIPIENTS', 'ESTREAM']);

/**
 * What became of a mail, by the code of what went wrong. `begun`: a byte of it had left, so that without the server's last word nobody
 * knows whether it was taken.
 */
export function receiptOf(error: NodemailerError, begun: boolean): Receipt {
  const { code = '', responseCode, originalCode } = error;
  const words = error.response ?? '';
  if (isWithoutToken(error)) return refusal(unreachable, originalCode ?? code);
  if (isRefusedSignIn(error)) return refusal(signInFailure(responseCode), providerCode(error));
  if (code === 'ETLS') return refusal(withoutTls(responseCode), providerCode(error));
  if (responseCode !== undefined) return refusedBy(responseCode, words, error);
  if (begun) return { outcome: 'unknown', detail: `The mail server gave no answer (${originalCode ?? code}).` };
  return refusal(failureOfSilence(code, originalCode), originalCode ?? code);
}

/** The same of an attempt to sign in and send nothing. */
export function probeErrorOf(error: NodemailerError): SendError {
  const receipt = receiptOf(error, false);
  return receipt.outcome === 'refused' ? receipt.error : sendErrorOf(unreachable, error.code);
}

/** 530: the server wants us to sign in before it hears whom the mail is for (RFC 4954). */
function isRefusedSignIn({ code, responseCode = 0, command = '', response }: NodemailerError): boolean {
  if (code === 'EAUTH' || [530, 534, 535, 538].includes(responseCode)) return true;
  const enhanced = enhancedIn(response ?? '');
  return (enhanced === '5.7.8' || enhanced === '5.7.9') && /^(?:AUTH|MAIL)/.test(command);
}

/** RFC 6749, 5.2: what the server of tokens says of us. Whatever else keeps it from giving one, that it is not there or busy, passes. */
const NO_TOKEN_FOR_US =
  /^(?:invalid_\w+|unauthorized_client|unsupported_grant_type|access_denied)\b|^Can't create new access token/;

function isWithoutToken({ code, command = '', responseCode, message }: NodemailerError): boolean {
  return code === 'EAUTH' && command === 'AUTH XOAUTH2' && responseCode === undefined && !NO_TOKEN_FOR_US.test(message);
}

function signInFailure(responseCode: number | undefined): Failure {
  const passes = responseCode !== undefined && responseCode < 500;
  return passes
    ? again('rate_limited', 'sign_in_deferred', 'The mail server wants us to wait.', 60_000)
    : wrongCredentials;
}

function refusedBy(responseCode: number, words: string, error: NodemailerError): Receipt {
  const isAboutUs = enhancedIn(words)?.startsWith('4.7.') === true;
  // out of step, or about to close: nothing is wrong with the message
  const failure =
    responseCode === 503 || (responseCode === 421 && !isAboutUs)
      ? again('provider_down', 'server_closing', 'The mail server ended the session.', 30_000)
      : failureOf(responseCode, words);
  const receipt = refusal(failure, providerCode(error));
  return receipt.outcome === 'refused' && isGone(enhancedIn(words), words) && responseCode >= 500
    ? { ...receipt, gone: true }
    : receipt;
}

/** A server may be unable to begin TLS for a moment (RFC 3207: 454); one that will not, never. */
function withoutTls(responseCode: number | undefined): Failure {
  return responseCode !== undefined && responseCode >= 500 ? insecure : unreachable;
}

function failureOfSilence(code: string, originalCode: string | undefined): Failure {
  const fault = tlsFaults.find(([codes]) => codes.test(originalCode ?? ''))?.[1];
  if (fault) return fault;
  if (code === 'EENVELOPE' || code === 'EMESSAGE' || originalCode === 'EFILEACCESS' || originalCode === 'EURLACCESS')
    return unusable;
  return LOCAL.has(code) ? misconfigured : unreachable;
}

function providerCode({ response, responseCode, code }: NodemailerError): string {
  const enhanced = enhancedIn(response ?? '');
  return [responseCode ?? code, enhanced].filter((part) => part !== undefined).join(' ');
}
