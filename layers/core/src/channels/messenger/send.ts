import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Outgoing, Receipt } from '../contract.ts';
import { sendToGraph } from '../shared/meta-send.ts';
import type { Credentials } from './credentials.ts';
import { graphOf } from './graph.ts';
import { requestOf } from './request.ts';

/** As the page. The echo brings our reference back in `metadata`. */
export function send(outgoing: Outgoing, account: ConnectedAccount<Credentials>): Promise<Receipt> {
  return sendToGraph(graphOf(account), outgoing, (file) => requestOf(outgoing, file), { by: 'upload' });
}
