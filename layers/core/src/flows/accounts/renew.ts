import type { Channel } from '../../channels/contract.ts';
import { isHeld } from '../../domain/account-health.ts';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { ChannelAccountId, OrganizationId } from '../../domain/id.ts';
import { claimRenewal, saveRenewal } from '../../store/account-renewal.ts';
import { connectedAccount } from '../../store/channel-accounts.ts';

/** Credentials are renewed this long before they run out, unless the channel says otherwise, so that there is time to try again. */
const AHEAD_MS = 3_600_000;

/** An account with credentials that are good for a while yet, where the channel can renew them. */
export async function currentAccount(
  channel: Channel,
  organization: OrganizationId,
  id: ChannelAccountId,
): Promise<ConnectedAccount | undefined> {
  const account = await notHeld(organization, id);
  const ahead = channel.manifest.renewAheadMs ?? AHEAD_MS;
  if (account?.expiresAt === undefined || account.expiresAt - ahead > Date.now()) return account;
  if ((await renew(channel, account)) === 'failed') return account;
  return connectedAccount(organization, id);
}

/** An account that is remembered as one that must not send may be mended by now, and its messages would lose their order if they waited in vain. */
async function notHeld(organization: OrganizationId, id: ChannelAccountId): Promise<ConnectedAccount | undefined> {
  const account = await connectedAccount(organization, id);
  if (!account || !isHeld(account)) return account;
  connectedAccount.forget(organization, id);
  return connectedAccount(organization, id);
}

/** `busy`: someone else is at it, or has done it, or the provider could not be asked; whoever reads the account again soon may find new credentials. */
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
  if (renewed === 'later') return 'busy';
  if (!renewed) return 'failed';
  await saveRenewal(account, claimed, renewed);
  return 'renewed';
}

/** Credentials that were renewed this lately are new. */
const NEW_FOR_MS = 900_000;

/** After a refusal of the account's credentials: whether others can be had. `soon`: there are others already, or they are on their way. `again`: who asks was refused before, so new credentials that are refused too are not renewed once more. */
export async function renewRefused(
  channel: Channel,
  account: ConnectedAccount,
  again: boolean,
): Promise<'renewed' | 'soon' | 'none'> {
  connectedAccount.forget(account.organizationId, account.id);
  const current = await connectedAccount(account.organizationId, account.id);
  if (current?.version !== account.version) return 'soon';
  if (again && account.renewedAt !== undefined && account.renewedAt + NEW_FOR_MS > Date.now()) return 'none';
  const renewal = current && isHeld(current) ? 'failed' : await renew(channel, account);
  return renewal === 'renewed' ? 'renewed' : renewal === 'busy' ? 'soon' : 'none';
}
