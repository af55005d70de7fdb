import type { Client } from '../api/client.ts';
import type { KeyValue } from '../api/session.ts';
import type { Action, InboxState } from '../state/inbox-state.ts';
import type { Store } from '../state/store.ts';

/** What every flow of the inbox works with. */
export interface Desk {
  client: Client;
  store: Store<InboxState, Action>;
  storage: KeyValue;
}

export const listPage = 40;
export const threadPage = 50;
