import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Done } from '../contract.ts';
import { pageFields, subscribeTo, unsubscribeFrom } from '../shared/meta-account.ts';
import type { Credentials } from './credentials.ts';
import { graphOf } from './graph.ts';

type Account = ConnectedAccount<Credentials>;

/** The fields whose names Meta's pages agree on: an account is heard of by all that the application has in its dashboard. */
const fields = [
  'messages',
  'message_edits',
  'message_reactions',
  'messaging_seen',
  'messaging_postbacks',
  'messaging_optins',
  'messaging_handover',
  'standby',
];

/** A page is heard of for both products at once. */
export function subscribe(account: Account): Promise<Done> {
  return subscribeTo(graphOf(account), account.credentials.login === 'facebook' ? pageFields : fields);
}

/** A page stays subscribed: its Messenger conversations may still be wanted. */
export async function unsubscribe(account: Account): Promise<Done> {
  return account.credentials.login === 'facebook' ? { ok: true } : unsubscribeFrom(graphOf(account));
}
