import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Action, Done } from '../contract.ts';
import { actOnGraph } from '../shared/meta-act.ts';
import type { Credentials } from './credentials.ts';
import { graphOf } from './graph.ts';

/** Shows that somebody writes, or has read. */
export function act(action: Action, account: ConnectedAccount<Credentials>): Promise<Done> {
  return actOnGraph(graphOf(account), action, 'psid');
}
