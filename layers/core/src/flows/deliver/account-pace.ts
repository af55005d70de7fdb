import type { Channel } from '../../channels/contract.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { paceOf, usualPace } from '../../domain/pace.ts';
import type { AccountPace } from '../../domain/pace.ts';

/** How fast an account may send: as its provider publishes for one like it, as its channel does by itself, or as its owner set. Undefined: as fast as it can. */
export async function accountPace(
  { capabilities, manifest }: Pick<Channel, 'capabilities' | 'manifest'>,
  { settings, health }: Pick<ChannelAccount, 'settings' | 'health'>,
): Promise<AccountPace | undefined> {
  const { rates } = await capabilities();
  return paceOf(usualPace(rates, manifest.pace, health?.facts), settings);
}
