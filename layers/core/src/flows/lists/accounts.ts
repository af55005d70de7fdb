import { listActivity } from '../../store/account-activity.ts';
import { listHealth } from '../../store/account-health.ts';
import { listAccounts } from '../../store/channel-accounts.ts';
import type { ChannelAccountId, OrganizationId } from '../../domain/id.ts';
import { accountHealthRow, channelAccountRow } from '../../domain/account-rows.ts';
import type { Row } from '../../domain/rows.ts';
import type { Selection, Source } from './list.ts';

export function listAccountRows(organization: OrganizationId): Source {
  return { rows: accountRows(organization), orderedBy: { column: 'created_at', descending: false } };
}

export function listHealthRows(organization: OrganizationId, selection: Selection): Source {
  return { rows: healthRows(organization, selection), orderedBy: { column: 'created_at', descending: true } };
}

async function* accountRows(organization: OrganizationId): AsyncGenerator<Row> {
  const [accounts, activity] = await Promise.all([listAccounts(organization), listActivity(organization)]);
  yield* accounts
    .toSorted((a, b) => a.createdAt - b.createdAt)
    .map((account) => channelAccountRow(account, activity.get(account.id)));
}

/** Newest first, of all accounts together; each has few entries. */
async function* healthRows(organization: OrganizationId, { equal }: Selection): AsyncGenerator<Row> {
  const ids = equal('channel_account_id') ?? (await listAccounts(organization)).map(({ id }) => id);
  const rows: { at: number; row: Row }[] = [];
  for (const id of ids as ChannelAccountId[]) {
    for await (const entry of listHealth(organization, id))
      rows.push({ at: entry.at, row: accountHealthRow({ organizationId: organization, id }, entry) });
  }
  yield* rows.toSorted((a, b) => b.at - a.at).map(({ row }) => row);
}
