import type { ChannelAccountId } from '../../domain/id.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { replaceTemplates } from '../../store/templates.ts';
import type { LoadChannel } from '../acts/act.ts';
import type { Principal } from '../access/authenticate.ts';
import { currentAccount } from '../accounts/renew.ts';
import { findAccount } from '../../store/channel-accounts.ts';

/** Reads an account's templates from its provider anew. */
export async function syncTemplates(
  load: LoadChannel,
  { organizationId }: Principal,
  body: Record<string, unknown>,
): Promise<Result<{ templates: number }>> {
  const id = body['channel_account_id'];
  if (typeof id !== 'string')
    return refuse(400, 'missing_field', `'channel_account_id' is required`, { details: 'channel_account_id' });
  const known = await findAccount(organizationId, id as ChannelAccountId);
  const channel = known && (await load(known.channel));
  const account = channel && (await currentAccount(channel, organizationId, known.id));
  if (!account)
    return refuse(404, 'no_channel_account', `'channel_account_id' names no account of this organization`, {
      details: 'channel_account_id',
    });
  if (!channel.templates) return refuse(422, 'not_supported', `${channel.manifest.label} has no templates`);
  const listed = await (await channel.templates()).list(account);
  if (!listed.ok) return refuse(422, listed.error.code, listed.error.message);
  await replaceTemplates(account, listed.templates, Date.now());
  return ok({ templates: listed.templates.length });
}
