import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Action, Done } from '../contract.ts';
import { never, sendErrorOf } from '../shared/receipt.ts';
import { ask } from './call.ts';
import type { Credentials } from './credentials.ts';
import { evolutionAction } from './evolution-request.ts';
import { doneOf } from './errors.ts';
import { wahaAction } from './waha-request.ts';

const noChat = never('invalid', 'not_sendable', 'This conversation has no address on WhatsApp.');
const noWay = never('invalid', 'not_supported', 'Through Appgain Notify a message can’t be changed once it is sent.');

/** What gateways can do beside sending. Notify only sends: that somebody types or has read is not shown then. */
export async function act(action: Action, account: ConnectedAccount<Credentials>): Promise<Done> {
  const { credentials } = account;
  if (credentials.kind === 'notify')
    return action.kind === 'typing' || action.kind === 'read' ? { ok: true } : { ok: false, error: sendErrorOf(noWay) };
  const call = credentials.kind === 'gateway' ? wahaAction(action, credentials) : evolutionAction(action, credentials);
  if (!call) return { ok: false, error: sendErrorOf(noChat) };
  return doneOf(await ask(account, call));
}
