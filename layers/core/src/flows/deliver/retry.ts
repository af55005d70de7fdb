import type { Message } from '../../domain/message.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { retryMessage } from '../../store/attempts.ts';
import { findMessage } from '../../store/messages.ts';
import type { Principal } from '../access/authenticate.ts';
import { ownMessage } from '../send/own-message.ts';

/** Sends a message again that failed, by an agent's decision: also one of which nobody knows whether it arrived. */
export async function retry(principal: Principal, body: Record<string, unknown>): Promise<Result<Message>> {
  const found = await ownMessage(principal, body);
  if (!found.ok) return found;
  const message = found.value;
  if (message.direction === 'OUTBOUND' && (await retryMessage(message, Date.now())))
    return ok((await findMessage(message.organizationId, message.id, { consistent: true })) ?? message);
  return refuse(409, 'not_failed', `'message_id': only a message that failed can be sent again`, {
    details: 'message_id',
  });
}
