import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Action, Done } from '../contract.ts';
import { never, sendErrorOf } from '../shared/receipt.ts';
import { done } from './api.ts';
import { ask, pathOf } from './call.ts';
import type { Credentials } from './credentials.ts';

/**
 * That a message and those before it have been read, and that an answer is being written, are one call: whoever types
 * has read ("Typing indicators"). It shows for 25 seconds, or until the answer comes.
 */
export async function act(action: Action, account: ConnectedAccount<Credentials>): Promise<Done> {
  if (action.kind !== 'typing' && action.kind !== 'read')
    return refuse('WhatsApp lets a business change nothing it sent.');
  const { kind, providerMessageId } = action;
  if (providerMessageId === undefined) return refuse('WhatsApp shows this only beside a message of the customer.');
  const request = {
    messaging_product: 'whatsapp',
    status: 'read',
    message_id: providerMessageId,
    ...(kind === 'typing' && { typing_indicator: { type: 'text' } }),
  };
  const path = pathOf(account.externalId, 'messages');
  const asked = await ask(account, { method: 'POST', path, body: JSON.stringify(request) }, done);
  return asked.ok ? { ok: true } : asked;
}

function refuse(words: string): Done {
  return { ok: false, error: sendErrorOf(never('invalid', 'not_possible', words)) };
}
