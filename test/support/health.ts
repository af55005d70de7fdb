import { rows } from './cloud.ts';
import type { Account, Organization, Reachable, Row, TestCloud } from './cloud.ts';
import { invoke } from './functions.ts';

/** How an account does, as its row says. */
export async function healthOf(
  cloud: Reachable,
  organization: Organization,
  { id }: Pick<Account, 'id'>,
): Promise<Row> {
  const [row] = await rows(cloud, organization, `channel_accounts?id=eq.${id}`);
  return row?.['health'] as Row;
}

/** Asks the provider of every account, as is done every ten minutes. */
export async function checkAll(cloud: TestCloud): Promise<void> {
  await invoke(cloud, 'AccountHealth', {});
  await cloud.drain();
}
