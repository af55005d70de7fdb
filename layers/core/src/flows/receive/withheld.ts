import type { Channel, InboundEvent } from '../../channels/contract.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { connectedAccount } from '../../store/channel-accounts.ts';
import { receiveMessage } from './message.ts';

/** A message of which the webhook told next to nothing: the provider is asked for it, and where it does not say, a note of it is stored. */
export async function receiveWithheld(
  channel: Channel,
  event: Extract<InboundEvent, { kind: 'withheld' }>,
  account: ChannelAccount,
): Promise<void> {
  const connected = await connectedAccount(account.organizationId, account.id);
  const found = connected ? await channel.lookUp?.(event, connected) : undefined;
  const messages = found?.length ? found : [event.otherwise];
  for (const message of messages) await receiveMessage(channel, message, account);
}
