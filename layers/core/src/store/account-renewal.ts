import type { ConnectedAccount } from '../domain/channel-account.ts';
import { compact } from '../domain/compact.ts';
import { forgetAccount } from './channel-accounts.ts';
import { accountKey } from './keys/accounts.ts';
import { seal } from './sealed-account.ts';
import { updateItem } from './table.ts';

/** A renewal that began longer ago than this failed, or was never finished: there may be another. */
const RENEWAL_MS = 60_000;

/** Takes the renewal of an account's credentials, which one at a time may do. False: someone else is at it, or the account has other credentials by now. */
export async function claimRenewal({ organizationId, id, expiresAt }: ConnectedAccount, now: number): Promise<boolean> {
  const same = expiresAt === undefined ? 'attribute_not_exists(#expires)' : '#expires = :before';
  const written = await updateItem(accountKey(organizationId, id), {
    set: { renewing: now },
    when: `attribute_exists(#pk) AND ${same} AND (attribute_not_exists(#renewing) OR #renewing < :stale)`,
    values: { stale: now - RENEWAL_MS, ...compact({ before: expiresAt }) },
  });
  return written.ok;
}

/** Writes what the renewal that was taken at `claimed` brought, unless the account was connected anew meanwhile. */
export async function saveRenewal(
  account: ConnectedAccount,
  claimed: number,
  renewed: { credentials: unknown; expiresAt: number },
): Promise<void> {
  const { organizationId, id } = account;
  await updateItem(accountKey(organizationId, id), {
    set: { ...(await seal(account, renewed.credentials)), expires: renewed.expiresAt, renewed: Date.now() },
    remove: ['renewing'],
    when: '#renewing = :claimed',
    values: { claimed },
  });
  forgetAccount(organizationId, id);
}
