import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Done } from '../contract.ts';
import { pageFields, subscribeTo, unsubscribeFrom } from '../shared/meta-account.ts';
import type { Credentials } from './credentials.ts';
import { graphOf } from './graph.ts';

type Account = ConnectedAccount<Credentials>;

/** The application hears of the page. */
export function subscribe(account: Account): Promise<Done> {
  return subscribeTo(graphOf(account), pageFields);
}

/** The application hears of the page no more, on Instagram neither. */
export function unsubscribe(account: Account): Promise<Done> {
  return unsubscribeFrom(graphOf(account));
}
