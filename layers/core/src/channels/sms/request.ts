import type { Body } from '../../domain/body.ts';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Counterparty } from '../../domain/contact.ts';
import type { SmsPlan } from '../../domain/sms-encoding.ts';
import type { Outgoing } from '../contract.ts';
import { callbackUrl } from './callback.ts';
import type { Credentials, NotifyCredentials, VictoryLinkCredentials } from './credentials.ts';
import type { Options } from './options.ts';
import { smsIdOf } from './sms-id.ts';

/** One POST to an account's provider; `path` is below its address. */
export interface Call {
  path: string;
  headers: Record<string, string>;
  body: Record<string, unknown>;
}

const SENDER = 'VLSMSPlatformResellerAPI/NewSendingAPI/api/SMSSender';

/** What is to be sent, and how it travels. */
export interface Planned {
  outgoing: Outgoing;
  plan: SmsPlan;
  options: Options;
}

/** The words of a message: a template's too, once they are filled in. */
export function wordsOf(body: Body): string | undefined {
  return body.type === 'text' || body.type === 'template' ? body.text : undefined;
}

/** The call of one send, or undefined when the counterparty has no number. */
export function requestOf(planned: Planned, { credentials }: ConnectedAccount<Credentials>): Call | undefined {
  const digits = digitsOf(planned.outgoing.to);
  if (digits === undefined) return undefined;
  return credentials.kind === 'notify'
    ? notifyCall(digits, planned.plan.text, credentials)
    : victoryLinkCall(digits, planned, credentials);
}

/** Without receivers Notify would write to every user of the suit. Its examples prefix numbers with 00; the user id is ours to choose. */
function notifyCall(digits: string, message: string, credentials: NotifyCredentials): Call {
  return {
    path: `${encodeURIComponent(credentials.suit_id)}/send`,
    headers: { appapikey: credentials.api_key },
    body: { SMS: { message, receivers: [{ userID: digits, mobileNum: `00${digits}` }] } },
  };
}

function victoryLinkCall(
  digits: string,
  { outgoing: { reference, webhookUrl }, plan, options }: Planned,
  credentials: VictoryLinkCredentials,
): Call {
  const report = webhookUrl && { DLRURL: callbackUrl(webhookUrl, reference, credentials.dlr_secret) };
  return {
    path: `${SENDER}/${report ? 'SendSMSWithDLR' : 'SendSMS'}`,
    headers: {},
    body: {
      UserName: credentials.username,
      Password: credentials.password,
      SMSText: plan.text,
      SMSLang: plan.encoding === 'GSM-7' ? 'E' : 'A',
      SMSSender: options.sender ?? credentials.sender,
      SMSReceiver: digits,
      SMSID: smsIdOf(reference),
      ...report,
    },
  };
}

function digitsOf(to: Counterparty): string | undefined {
  return to.identities.find(({ kind }) => kind === 'phone')?.value.slice(1);
}
