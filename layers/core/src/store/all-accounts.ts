import type { ChannelAccountId, OrganizationId } from '../domain/id.ts';
import { ALL_ACCOUNTS } from './keys/accounts.ts';
import { queryAll } from './table.ts';

/** Every account of the deployment, by its ids. */
export async function listAllAccounts(): Promise<{ organizationId: OrganizationId; accountId: ChannelAccountId }[]> {
  const accounts = [];
  for await (const { sk } of queryAll({ partition: ALL_ACCOUNTS })) {
    const [organizationId, accountId] = String(sk).split('#') as [OrganizationId, ChannelAccountId];
    accounts.push({ organizationId, accountId });
  }
  return accounts;
}
