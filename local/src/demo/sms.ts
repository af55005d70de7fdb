import { randomBytes } from 'node:crypto';
import { newChannelAccountId } from '@parley/core/domain/id.ts';
import type { ChannelAccountId } from '@parley/core/domain/id.ts';
import type { SmsNotifyAccount, VictoryLinkAccount } from '../providers/account.ts';
import { token } from './token.ts';

interface Common {
  id: ChannelAccountId;
  name: string;
  external_id: string;
  channel: 'sms';
}

interface DemoVictoryLink extends Common {
  kind: 'victorylink';
  username: string;
  password: string;
  sender: string;
  /** signs the addresses that delivery reports go to */
  dlr_secret: string;
}

interface DemoNotify extends Common {
  kind: 'notify';
  suit_id: string;
  api_key: string;
}

export type DemoSms = DemoVictoryLink | DemoNotify;

/** Straight from VictoryLink, under a sender name of its own. */
export function victoryLink(name: string, sender: string): DemoSms {
  return {
    ...common(name, sender),
    kind: 'victorylink',
    username: sender.toLowerCase(),
    password: token(),
    sender,
    dlr_secret: token(),
  };
}

/** Through Appgain Notify, which reports nothing. */
export function smsNotify(name: string): DemoSms {
  const suit = randomBytes(12).toString('hex');
  return { ...common(`${name} 2`, suit), kind: 'notify', suit_id: suit, api_key: token() };
}

/** What the pretend provider knows of the account beside what is common to all. */
export function smsAtProvider(
  account: DemoSms,
):
  | Pick<VictoryLinkAccount, 'channel' | 'kind' | 'username' | 'password' | 'sender'>
  | Pick<SmsNotifyAccount, 'channel' | 'kind' | 'suit_id' | 'api_key'> {
  const { channel } = account;
  if (account.kind === 'notify')
    return { channel, kind: account.kind, suit_id: account.suit_id, api_key: account.api_key };
  const { kind, username, password, sender } = account;
  return { channel, kind, username, password, sender };
}

export function smsCredentials(account: DemoSms): Record<string, string> {
  if (account.kind === 'notify') return { kind: account.kind, suit_id: account.suit_id, api_key: account.api_key };
  const { kind, username, password, sender, dlr_secret } = account;
  return { kind, username, password, sender, dlr_secret };
}

function common(name: string, external_id: string): Common {
  return { id: newChannelAccountId(), channel: 'sms', name, external_id };
}
