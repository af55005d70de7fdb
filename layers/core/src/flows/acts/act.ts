import type { Action, Channel } from '../../channels/contract.ts';
import type { ChannelAccountId } from '../../domain/id.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import type { Principal } from '../access/authenticate.ts';
import { currentAccount } from '../accounts/renew.ts';
import { refusedByProvider } from './refused-by-provider.ts';

/** Asks a channel's provider for something that is no message. Refused where the channel has no such thing, or its provider says no. */
export async function act(
  channel: Channel,
  { organizationId }: Principal,
  accountId: ChannelAccountId,
  action: Action,
): Promise<Result<undefined>> {
  const { label } = channel.manifest;
  if (!channel.act || !(await channel.capabilities()).actions.includes(action.kind))
    return refuse(422, 'not_supported', `${label} has no '${action.kind}'`);
  const account = await currentAccount(channel, organizationId, accountId);
  if (!account) return refuse(409, 'channel_account_gone', 'The channel account of this conversation no longer exists');
  const done = await channel.act(action, account);
  return done.ok ? ok(undefined) : refusedByProvider(done.error);
}
