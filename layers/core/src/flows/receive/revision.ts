import type { Channel, InboundEvent } from '../../channels/contract.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import type { Message } from '../../domain/message.ts';
import { reviseMessage } from '../../store/message-changes.ts';
import { findMessage } from '../../store/messages.ts';
import { findByProviderId, parkRevision } from '../../store/provider-messages.ts';
import { keyIdentity, messageWith } from './identify.ts';

type RevisionEvent = Extract<InboundEvent, { kind: 'revision' }>;

/**
 * Changes what a message says, or takes it back. One that is not known yet may still be on its way: the revision waits for it under the
 * provider's id, where the projection finds it. Parked first and looked for again, so that neither misses the other.
 */
export async function receiveRevision(channel: Channel, event: RevisionEvent, account: ChannelAccount): Promise<void> {
  const revision = { body: event.body, at: event.providerAt ?? Date.now() };
  const known = await messageNamed(channel, event, account);
  if (known) {
    await reviseMessage(known, revision);
    if (event.parts) await reviseParts(channel, event, account, revision);
    return;
  }
  await parkRevision(account.id, event.providerMessageId, revision);
  const meanwhile = await messageNamed(channel, event, account);
  if (meanwhile) await reviseMessage(meanwhile, revision);
}

/** Files that came in one message are messages of their own here. */
async function reviseParts(
  channel: Channel,
  event: RevisionEvent,
  account: ChannelAccount,
  revision: Parameters<typeof reviseMessage>[1],
): Promise<void> {
  for (let part = 1; ; part += 1) {
    const message = await messageNamed(
      channel,
      { ...event, providerMessageId: `${event.providerMessageId}:${part}` },
      account,
    );
    if (!message) return;
    await reviseMessage(message, revision);
  }
}

async function messageNamed(
  channel: Channel,
  { providerMessageId, counterparty }: RevisionEvent,
  account: ChannelAccount,
): Promise<Message | undefined> {
  const { target } = await findByProviderId(account.id, providerMessageId);
  if (target) return findMessage(account.organizationId, target.id, { consistent: true });
  return messageWith(channel, await keyIdentity(channel, counterparty, account), account, providerMessageId);
}
