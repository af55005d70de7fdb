import type { Channel } from '../../channels/contract.ts';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { connectedAccount, listAccounts } from '../../store/channel-accounts.ts';

/** The other accounts of an organization that a provider names together with this one, such as all numbers of a WhatsApp Business account. */
export async function namedTogether(
  channel: Channel,
  { id, organizationId, appId }: ConnectedAccount,
  name: string,
): Promise<ConnectedAccount[]> {
  const all = await listAccounts(organizationId);
  const others = all.filter((one) => one.channel === channel.manifest.name && one.appId === appId && one.id !== id);
  const connected = await Promise.all(others.map((one) => connectedAccount(organizationId, one.id)));
  return connected.filter((one) => one !== undefined).filter((one) => channel.names(one).includes(`group:${name}`));
}
