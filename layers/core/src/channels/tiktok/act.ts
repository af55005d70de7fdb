import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Action, Done } from '../contract.ts';
import { never, sendErrorOf } from '../shared/receipt.ts';
import { conversationIn } from './address.ts';
import { callTiktok } from './call.ts';
import type { Credentials } from './credentials.ts';
import { doneOf } from './errors.ts';

const names: { [kind in Action['kind']]?: string } = { typing: 'TYPING', read: 'MARK_READ' };

/** Shows for about five seconds that someone writes, or that everything in the conversation has been read. What was sent can't be changed. */
export async function act(action: Action, account: ConnectedAccount<Credentials>): Promise<Done> {
  const [recipient, sender_action] = [conversationIn(action.to), names[action.kind]];
  if (recipient === undefined || sender_action === undefined) return { ok: false, error: sendErrorOf(impossible) };
  return doneOf(
    await callTiktok(account, 'business/message/send/', {
      business_id: account.externalId,
      recipient_type: 'CONVERSATION',
      recipient,
      message_type: 'SENDER_ACTION',
      sender_action,
    }),
  );
}

const impossible = never('invalid', 'not_possible', 'TikTok has no way to do this in this conversation.');
