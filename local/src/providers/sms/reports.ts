import type { SmsAccount } from '../account.ts';
import type { Hook } from '../deliveries.ts';

/** Where the sender wants to hear of a message, and the id it gave it. */
export interface Report {
  url: string;
  id: string;
}

/** VictoryLink does not publish how it reports. This is the plainest way there is: a GET with the id and an SMPP state. */
export function reportHook(account: SmsAccount, { url, id }: Report, state: 'DELIVRD' | 'UNDELIV' | 'REJECTD'): Hook {
  const target = new URL(url);
  target.searchParams.set('SMSID', id);
  target.searchParams.set('Status', state);
  return { account: account.external_id, url: target.href, method: 'GET', headers: {}, body: '' };
}
