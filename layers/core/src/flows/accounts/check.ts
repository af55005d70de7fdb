import type { ChannelAccountId, OrganizationId } from '../../domain/id.ts';
import { listAllAccounts } from '../../store/all-accounts.ts';
import { connectedAccount } from '../../store/channel-accounts.ts';
import type { LoadChannel } from '../../channels/registry.ts';
import { examine } from './examine.ts';
import { inParallel } from '../parallel.ts';
import { keepTemplatesRead } from '../templates/read.ts';
import { currentAccount } from './renew.ts';

/** Providers are asked about so many accounts at a time. */
const AT_ONCE = 10;

export interface Checked {
  accounts: number;
  /** not come to before the deadline */
  left: number;
  failures: { account: ChannelAccountId; error: unknown }[];
}

/**
 * Asks the providers of all active accounts of the deployment how they do, renewing credentials that are about to run out, and once a day for their
 * templates. Begins anywhere in the list, so that where the time is short all accounts have their turn in the end. `deadline` is in ms.
 */
export async function checkAccounts(load: LoadChannel, deadline: number): Promise<Checked> {
  const all = await listAllAccounts();
  const start = Math.floor(Math.random() * all.length);
  const failures: Checked['failures'] = [];
  let left = 0;
  await inParallel(
    [...all.slice(start), ...all.slice(0, start)],
    async ({ organizationId, accountId }) => {
      if (Date.now() > deadline) left += 1;
      else
        await check(load, organizationId, accountId).catch((error: unknown) =>
          failures.push({ account: accountId, error }),
        );
    },
    AT_ONCE,
  );
  return { accounts: all.length, left, failures };
}

async function check(load: LoadChannel, organization: OrganizationId, id: ChannelAccountId): Promise<void> {
  connectedAccount.forget(organization, id);
  const known = await connectedAccount(organization, id);
  if (known?.status !== 'Active') return;
  const channel = await load(known.channel);
  const account = await currentAccount(channel, organization, id);
  if (!account) return;
  await examine(channel, account);
  await keepTemplatesRead(channel, account);
}
