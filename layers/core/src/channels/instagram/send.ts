import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Outgoing, Receipt } from '../contract.ts';
import { sendToGraph, type FileWay } from '../shared/meta-send.ts';
import type { Credentials } from './credentials.ts';
import { graphOf } from './graph.ts';
import { requestOf } from './request.ts';

/** As the account itself, or as the page it is linked to, which alone can upload files ("Upload media for Instagram messaging"). */
export function send(outgoing: Outgoing, account: ConnectedAccount<Credentials>): Promise<Receipt> {
  const { login } = account.credentials;
  const way: FileWay = login === 'facebook' ? { by: 'upload', platform: 'instagram' } : { by: 'link' };
  return sendToGraph(graphOf(account), outgoing, (file) => requestOf(outgoing, login, file), way);
}
