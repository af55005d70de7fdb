import type { Channel, InboundEvent } from '../../channels/contract.ts';
import { isMedia, isUnseen } from '../../domain/body.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { compact } from '../../domain/compact.ts';
import { identityKey } from '../../domain/contact.ts';
import { contactIdOf, conversationIdOf, newMessageId, receivedMessageId } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import { storeMessage, storeMessageOnce } from '../../store/messages.ts';
import { keyIdentity, messageWith } from './identify.ts';

/** Stores a message that a customer wrote, or that the business wrote elsewhere. */
export async function receiveMessage(
  channel: Channel,
  event: Extract<InboundEvent, { kind: 'message' }>,
  account: ChannelAccount,
): Promise<void> {
  const message = await toMessage(channel, event, account);
  if (message.direction === 'OUTBOUND')
    // what customers write needs nothing of what echoes need
    await (await import('./echo.ts')).receiveEcho(message, event.reference, dueOf(message));
  else if (event.providerAt === undefined) await storeMessageOnce(message, dueOf(message));
  else await storeMessage(message, dueOf(message));
}

/** A message as it is stored when it comes now. */
export async function toMessage(
  channel: Channel,
  event: Extract<InboundEvent, { kind: 'message' }>,
  account: ChannelAccount,
): Promise<Message & { providerMessageId: string }> {
  const identity = await keyIdentity(channel, event.counterparty, account);
  const key = identityKey(identity);
  const conversationId = conversationIdOf(account.id, key);
  const now = Date.now();
  const replyTo =
    event.replyTo === undefined ? undefined : await messageWith(channel, identity, account, event.replyTo);
  return {
    id:
      event.providerAt === undefined
        ? newMessageId(conversationId)
        : receivedMessageId(conversationId, event.providerAt, event.providerMessageId, event.sequence),
    organizationId: account.organizationId,
    conversationId,
    contactId: contactIdOf(account.organizationId, key),
    channel: account.channel,
    channelAccountId: account.id,
    direction: event.direction,
    counterparty: event.counterparty,
    body: event.body,
    attempt: 1,
    // A message that reached us has, by that, been delivered to the business.
    progress:
      event.direction === 'INBOUND'
        ? { delivered: mark(now, event.providerAt) }
        : { sent: mark(now, event.providerAt) },
    providerMessageId: event.providerMessageId,
    storedAt: now,
    updatedAt: now,
    ...compact({ author: event.author }),
    ...(replyTo ? { replyToId: replyTo.id } : {}),
  };
}

function mark(at: number, providerAt: number | undefined) {
  return providerAt === undefined ? { at } : { at, providerAt };
}

export function dueOf(message: Message): 'media' | undefined {
  const { body } = message;
  const isDue =
    body.type === 'email' ? body.attachments.some(isUnseen) : isMedia(body) && body.media.status === 'pending';
  return isDue ? 'media' : undefined;
}
