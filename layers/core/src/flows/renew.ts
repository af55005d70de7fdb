import type { Channel } from '../channels/contract.ts';
import type { ConnectedAccount } from '../domain/channel-account.ts';
import type { ChannelAccountId, OrganizationId } from '../domain/id.ts';
import { claimRenewal, connectedAccount, saveRenewal } from '../store/channel-accounts.ts';

/** Credentials are renewed this long before they run out, so that there is time to try again. */
const AHEAD_MS = 3_600_000;

/** An account with credentials that are good for a while yet, where the channel can renew them. */
export async function currentAccount(
  channel: Channel,
  organization: OrganizationId,
  id: ChannelAccountId,
): Promise<ConnectedAccount | undefined> {
  const account = await connectedAccount(organization, id);
  if (account?.expiresAt === undefined || account.expiresAt - AHEAD_MS > Date.now()) return account;
  if ((await renew(channel, account)) === 'failed') return account;
  return connectedAccount(organization, id);
}

/** `busy`: someone else is at it, or has done it; whoever reads the account again soon finds the new credentials. */
export type Renewal = 'renewed' | 'busy' | 'failed';

/** Gets new credentials in place of the account's: once, however many ask at a time, because a refresh token may work only once. */
export async function renew(channel: Channel, account: ConnectedAccount): Promise<Renewal> {
  if (!channel.refresh) return 'failed';
  const claimed = Date.now();
  if (!(await claimRenewal(account, claimed))) {
    connectedAccount.forget(account.organizationId, account.id);
    return 'busy';
  }
  const renewed = await channel.refresh(account);
  if (!renewed) return 'failed';
  await saveRenewal(account, claimed, renewed);
  return 'renewed';
}
