import type { MessageId, OrganizationId } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import type { SendError } from '../../domain/status.ts';
import { findConversation, setHeld } from '../../store/conversations.ts';
import type { ProjectedConversation } from '../../store/conversation-item.ts';
import { endHeld, makeDue } from '../../store/message-changes.ts';
import { endWaiting, holdMessage, listWaiting } from '../../store/waiting.ts';
import { inParallel } from '../parallel.ts';

/** Until when a message is held (ms), and by which of the customer's messages its window was judged. */
export interface Hold {
  until: number;
  lastInboundAt: number | undefined;
  /** the provider was asked, and refused */
  nextAttempt?: true;
}

/**
 * Lets a message wait, still PENDING, until its customer writes again. The conversation says that it has such messages, so that no other one pays
 * for them. The customer's next message is first written into the conversation, and then the list is read; here the message first joins the list and
 * then the conversation is read: one of the two finds the other. False: nothing is known of the conversation, so nobody would let it go on.
 */
export async function holdForCustomer(message: Message, { until, lastInboundAt, nextAttempt }: Hold): Promise<boolean> {
  const { organizationId, conversationId, id } = message;
  if (!(await setHeld(organizationId, conversationId, true))) return false;
  await holdMessage(message, { nextAttempt: nextAttempt ?? false, heldUntil: until, now: Date.now() });
  const conversation = await findConversation(organizationId, conversationId);
  if (conversation?.lastInboundAt !== lastInboundAt) await goOn(organizationId, id);
  return true;
}

/** Lets go of what was held in conversations in which the customer has written now. Done again it does nothing new. */
export async function releaseHeld(conversations: ProjectedConversation[], created: Message[]): Promise<void> {
  const heard = new Set(
    created.filter(({ direction }) => direction === 'INBOUND').map(({ conversationId }) => conversationId),
  );
  await inParallel(
    conversations.filter(({ id, hasHeld }) => hasHeld && heard.has(id)),
    release,
  );
}

/** The customer has not written in the time that a message was held for. */
export async function expireHeld(organization: OrganizationId, id: MessageId, now: number): Promise<void> {
  await endHeld(organization, id, { at: now, error: notReopened });
}

/** In the order in which they were written. Whoever is held from now on has read that the customer wrote. */
async function release({ organizationId, id }: ProjectedConversation): Promise<void> {
  for (const message of await listWaiting(organizationId, id)) {
    await goOn(organizationId, message);
    await endWaiting(organizationId, id, message);
  }
  await setHeld(organizationId, id, false);
}

async function goOn(organization: OrganizationId, id: MessageId): Promise<void> {
  await makeDue(organization, id, { from: 'window', to: 'send', now: Date.now() });
}

const notReopened: SendError = {
  code: 'window_closed',
  class: 'window_closed',
  message: 'Not sent: the customer has not written again in the time that the message was held for.',
  permanent: true,
};
