import type { Channel } from '../../channels/contract.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { perSecondShown } from '../../domain/learnt-rate.ts';
import { paceOf, usualPace } from '../../domain/pace.ts';
import type { AccountPace } from '../../domain/pace.ts';
import type { AccountRush } from '../../store/pace-item.ts';

/** How fast an account may send: as its provider publishes for one like it, as its channel does by itself, or as its owner set. Undefined: as fast as it can. */
export async function accountPace(
  { capabilities, manifest }: Pick<Channel, 'capabilities' | 'manifest'>,
  { settings, health }: Pick<ChannelAccount, 'settings' | 'health'>,
): Promise<AccountPace | undefined> {
  const { rates } = await capabilities();
  return paceOf(usualPace(rates, manifest.pace, health?.facts), settings);
}

/** The same; of an account that goes as fast as it can, and that its provider has slowed, the rate that it was slowed from, until all of it is back. */
export async function paceNow(
  channel: Pick<Channel, 'capabilities' | 'manifest'>,
  account: Pick<ChannelAccount, 'settings' | 'health'>,
  { slowdown }: Pick<AccountRush, 'slowdown'>,
): Promise<AccountPace | undefined> {
  const pace = await accountPace(channel, account);
  if (pace || !slowdown || perSecondShown(slowdown, Date.now()) === undefined) return pace;
  return { perSecond: slowdown.from, timeZone: 'UTC' };
}
