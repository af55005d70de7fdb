import type { Channel } from '../../channels/contract.ts';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { ChannelAccountId } from '../../domain/id.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { replaceTemplates } from '../../store/templates.ts';
import type { LoadChannel } from '../acts/act.ts';
import type { Principal } from '../access/authenticate.ts';
import { currentAccount } from '../accounts/renew.ts';
import { findAccount } from '../../store/channel-accounts.ts';

/** `rpc/sync_templates`: reads an account's templates from its provider anew. */
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
  return readTemplates(channel, account);
}

/** Webhooks tell of changes; what they did not tell is found once a day. */
const READ_EVERY_MS = 24 * 3_600_000;

/** Reads the templates of an account that were not read today. A provider that does not list them now is asked again next time. */
export async function keepTemplatesRead(channel: Channel, account: ConnectedAccount): Promise<void> {
  if (!channel.templates || (account.templatesReadAt ?? 0) > Date.now() - READ_EVERY_MS) return;
  await readTemplates(channel, account);
}

async function readTemplates(
  { manifest, templates }: Channel,
  account: ConnectedAccount,
): Promise<Result<{ templates: number }>> {
  if (!templates) return refuse(422, 'not_supported', `${manifest.label} has no templates`);
  const listed = await (await templates()).list(account);
  if (!listed.ok) return refuse(422, listed.error.code, listed.error.message);
  await replaceTemplates(account, listed.templates, Date.now());
  return ok({ templates: listed.templates.length });
}
