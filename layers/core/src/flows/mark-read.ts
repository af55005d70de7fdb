import type { Conversation } from '../domain/conversation.ts';
import type { ConversationId } from '../domain/id.ts';
import { ok, refuse } from '../domain/problem.ts';
import type { Result } from '../domain/problem.ts';
import { markConversationRead } from '../store/conversations.ts';
import type { Principal } from './authenticate.ts';

/** An agent has read a conversation: everything that reached us until now. */
export async function markRead(principal: Principal, conversationId: unknown): Promise<Result<Conversation>> {
  if (typeof conversationId !== 'string')
    return refuse(400, 'missing_field', `'conversation_id' is required`, { details: 'conversation_id' });
  const conversation = await markConversationRead(
    principal.organizationId,
    conversationId as ConversationId,
    Date.now(),
  );
  if (conversation) return ok(conversation);
  return refuse(404, 'no_conversation', `'conversation_id' names no conversation of this organization`, {
    details: 'conversation_id',
  });
}
