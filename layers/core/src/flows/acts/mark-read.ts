import type { Conversation } from '../../domain/conversation.ts';
import type { ConversationId, OrganizationId } from '../../domain/id.ts';
import { requiredText } from '../../domain/misfit.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { findConversation, markConversationRead } from '../../store/conversations.ts';
import { listMessages } from '../../store/messages.ts';
import { act } from './act.ts';
import type { LoadChannel } from '../../channels/registry.ts';
import type { Principal } from '../access/authenticate.ts';

/** How far back the newest message of the customer is looked for. */
const LOOK_BACK = 20;

/**
 * An agent has read a conversation: everything that reached us until now. The customer is shown so where the channel can; whether their provider
 * could be told changes nothing for the agent.
 */
export async function markRead(
  load: LoadChannel,
  principal: Principal,
  body: Record<string, unknown>,
): Promise<Result<Conversation>> {
  const found = await conversationOf(principal, body);
  if (!found.ok) return found;
  const { id, unreadCount } = found.value;
  const conversation = await markConversationRead(principal.organizationId, id, Date.now());
  if (!conversation) return missing();
  if (unreadCount > 0) await tellCustomer(load, principal, conversation);
  return ok(conversation);
}

/** The conversation that a body's `conversation_id` names. */
export async function conversationOf(
  { organizationId }: Principal,
  body: Record<string, unknown>,
): Promise<Result<Conversation>> {
  const id = requiredText(body, 'conversation_id');
  if (!id.ok) return id;
  const conversation = await findConversation(organizationId, id.value as ConversationId);
  return conversation ? ok(conversation) : missing();
}

/** The provider's id of the customer's newest message. */
export async function newestInbound(
  organization: OrganizationId,
  conversation: ConversationId,
): Promise<string | undefined> {
  const { messages } = await listMessages(organization, conversation, { newestFirst: true, limit: LOOK_BACK });
  return messages.find(({ direction }) => direction === 'INBOUND')?.providerMessageId;
}

async function tellCustomer(load: LoadChannel, principal: Principal, conversation: Conversation): Promise<void> {
  const channel = await load(conversation.channel);
  if (!(await channel.capabilities()).actions.includes('read')) return;
  const providerMessageId = await newestInbound(principal.organizationId, conversation.id);
  if (providerMessageId === undefined) return;
  const read = { kind: 'read', to: conversation.counterparty, providerMessageId } as const;
  await act(channel, principal, conversation.channelAccountId, read);
}

function missing() {
  return refuse(404, 'no_conversation', `'conversation_id' names no conversation of this organization`, {
    details: 'conversation_id',
  });
}
