import type { MessageId } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import { requiredText } from '../../domain/misfit.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { findMessage } from '../../store/messages.ts';
import type { Principal } from '../access/authenticate.ts';

/** The message that a body's `message_id` names. */
export async function ownMessage(
  { organizationId }: Principal,
  body: Record<string, unknown>,
): Promise<Result<Message>> {
  const id = requiredText(body, 'message_id');
  if (!id.ok) return id;
  const message = await findMessage(organizationId, id.value as MessageId, { consistent: true });
  if (message) return ok(message);
  return refuse(404, 'no_message', `'message_id' names no message of this organization`, { details: 'message_id' });
}
