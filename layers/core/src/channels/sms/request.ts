import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Counterparty } from '../../domain/contact.ts';
import { isGsm } from '../../domain/sms-segments.ts';
import type { Outgoing } from '../contract.ts';
import { callbackUrl } from './callback.ts';
import type { Credentials, NotifyCredentials, VictoryLinkCredentials } from './credentials.ts';
import { smsIdOf } from './sms-id.ts';

export interface Call {
  path: string;
  headers: Record<string, string>;
  body: Record<string, unknown>;
}

const SENDER = 'VLSMSPlatformResellerAPI/NewSendingAPI/api/SMSSender';

/** The call of one send, or undefined when it is no text or the counterparty has no number. */
export function requestOf(outgoing: Outgoing, { credentials }: ConnectedAccount<Credentials>): Call | undefined {
  const digits = digitsOf(outgoing.to);
  if (digits === undefined || outgoing.body.type !== 'text') return undefined;
  return credentials.kind === 'notify'
    ? notifyCall(digits, outgoing.body.text, credentials)
    : victoryLinkCall(digits, outgoing.body.text, outgoing, credentials);
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
  text: string,
  { reference, webhookUrl }: Outgoing,
  credentials: VictoryLinkCredentials,
): Call {
  const report = webhookUrl && { DLRURL: callbackUrl(webhookUrl, reference, credentials.dlr_secret) };
  return {
    path: `${SENDER}/${report ? 'SendSMSWithDLR' : 'SendSMS'}`,
    headers: {},
    body: {
      UserName: credentials.username,
      Password: credentials.password,
      SMSText: text,
      SMSLang: isGsm(text) ? 'E' : 'A',
      SMSSender: credentials.sender,
      SMSReceiver: digits,
      SMSID: smsIdOf(reference),
      ...report,
    },
  };
}

function digitsOf(to: Counterparty): string | undefined {
  return to.identities.find(({ kind }) => kind === 'phone')?.value.slice(1);
}
