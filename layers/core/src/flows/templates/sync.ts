import type { ChannelAccountId } from '../../domain/id.ts';
import { requiredText } from '../../domain/misfit.ts';
import { refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { findAccount } from '../../store/channel-accounts.ts';
import type { Principal } from '../access/authenticate.ts';
import { currentAccount } from '../accounts/renew.ts';
import type { LoadChannel } from '../../channels/registry.ts';
import { readTemplates } from './read.ts';

/** `rpc/sync_templates`: reads an account's templates from its provider anew. */
export async function syncTemplates(
  load: LoadChannel,
  { organizationId }: Principal,
  body: Record<string, unknown>,
): Promise<Result<{ templates: number }>> {
  const id = requiredText(body, 'channel_account_id');
  if (!id.ok) return id;
  const known = await findAccount(organizationId, id.value as ChannelAccountId);
  const channel = known && (await load(known.channel));
  const account = channel && (await currentAccount(channel, organizationId, known.id));
  if (!account)
    return refuse(404, 'no_channel_account', `'channel_account_id' names no account of this organization`, {
      details: 'channel_account_id',
    });
  return readTemplates(channel, account);
}
