import { isInInbox } from '../../channels/manifests.ts';
import { channelRows } from '../accounts/channel-rows.ts';
import type { OrganizationId } from '../../domain/id.ts';
import { refuse, ok } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { messageTemplateRow, quickReplyRow } from '../../domain/library.ts';
import { seriesRow } from '../../domain/series-row.ts';
import { templateRow } from '../../domain/template-row.ts';
import { accountHealthRow, channelAccountRow, contactRow, conversationRow, messageRow } from '../../domain/rows.ts';
import type { Row } from '../../domain/rows.ts';
import { findBroadcast, listBroadcasts } from '../../store/broadcasts.ts';
import { currentRow } from '../broadcast/count.ts';
import { listAccounts } from '../../store/channel-accounts.ts';
import { listActivity } from '../../store/account-activity.ts';
import { listHealth } from '../../store/account-health.ts';
import { findContacts, listContacts } from '../../store/contacts.ts';
import { signMedia } from '../../store/media-bucket.ts';
import { listScheduled } from '../../store/scheduled.ts';
import { listEntries } from '../../store/library.ts';
import type { Entry, Shelf } from '../../store/library.ts';
import { listSeries } from '../../store/series.ts';
import { listTemplates } from '../../store/templates.ts';
import { findConversations, listInbox } from '../../store/conversations.ts';
import type { BroadcastId, ChannelAccountId, ContactId, ConversationId } from '../../domain/id.ts';
import { listLinkRows } from '../links/list.ts';
import { conversationIdsOf, listMessageRows } from './messages.ts';
import { listOptOutRows } from '../opt-outs/list.ts';
import { settingsRows } from '../organization-settings.ts';

export type Table =
  | 'messages'
  | 'scheduled_messages'
  | 'series'
  | 'conversations'
  | 'contacts'
  | 'templates'
  | 'message_templates'
  | 'quick_replies'
  | 'opt_outs'
  | 'links'
  | 'organization_settings'
  | 'broadcasts'
  | 'channel_accounts'
  | 'channel_account_health'
  | 'channels';

/** What a caller wants of a table. `equal` narrows what is read; `matches` decides. */
export interface Selection {
  /** the values a column must be one of, when the filter says so without `or` or `not` */
  equal: (column: string) => string[] | undefined;
  /** the times (ms) between which a column must lie */
  between: (column: string) => { from?: number; to?: number };
  /** the value that a column must be above, or be */
  above: (column: string) => string | undefined;
  matches: (row: Row) => boolean;
  order: { column: string; descending: boolean }[];
  sort: (rows: Row[]) => Row[];
  offset: number;
  limit: number;
  count: boolean;
}

export interface Listed {
  rows: Row[];
  /** how many match in all, when asked for */
  total?: number;
}

/** Rows in the order in which the table can give them without being read whole. */
export interface Source {
  rows: AsyncIterable<Row>;
  orderedBy: { column: string; descending: boolean };
}

/** An order the keys do not give is sorted in memory; beyond so many rows the caller must narrow. */
const MOST_SORTED = 10_000;

/** One page of a table, of this organization only. Reads no further than the page needs, unless the count or the order ask for everything. */
export async function list(organization: OrganizationId, table: Table, selection: Selection): Promise<Result<Listed>> {
  const source = sourceOf(organization, table, selection);
  return isOrdered(source, selection) ? ok(await takePage(source, selection)) : sortedPage(source, selection);
}

function sourceOf(organization: OrganizationId, table: Table, selection: Selection): Source {
  switch (table) {
    case 'messages':
      return listMessageRows(organization, selection);
    case 'conversations':
      return {
        rows: conversationRows(organization, selection),
        orderedBy: { column: 'last_message_at', descending: true },
      };
    case 'contacts':
      return { rows: contactRows(organization, selection), orderedBy: { column: 'id', descending: false } };
    case 'scheduled_messages':
      return { rows: scheduledRows(organization), orderedBy: { column: 'scheduled_at', descending: false } };
    case 'series':
      return { rows: seriesRows(organization), orderedBy: byCreation };
    case 'templates':
      return { rows: templateRows(organization), orderedBy: { column: 'channel_account_id', descending: false } };
    case 'message_templates':
      return { rows: libraryRows(organization, 'templates', messageTemplateRow), orderedBy: byCreation };
    case 'quick_replies':
      return { rows: libraryRows(organization, 'replies', quickReplyRow), orderedBy: byCreation };
    case 'channel_account_health':
      return {
        rows: healthRows(organization, selection),
        orderedBy: { column: 'created_at', descending: true },
      };
    case 'opt_outs':
      return listOptOutRows(organization, selection);
    case 'links':
      return listLinkRows(organization, selection);
    case 'organization_settings':
      return { rows: settingsRows(organization), orderedBy: { column: 'organization_id', descending: false } };
    case 'channels':
      return { rows: channelRows(), orderedBy: { column: 'name', descending: false } };
    case 'broadcasts':
      return { rows: broadcastRows(organization, selection), orderedBy: { column: 'created_at', descending: true } };
    case 'channel_accounts':
      return { rows: accountRows(organization), orderedBy: { column: 'created_at', descending: false } };
  }
}

const byCreation = { column: 'created_at', descending: false };

function isOrdered({ orderedBy }: Source, { order }: Selection): boolean {
  const [first] = order;
  return !first || (first.column === orderedBy.column && first.descending === orderedBy.descending);
}

async function takePage({ rows }: Source, { matches, offset, limit, count }: Selection): Promise<Listed> {
  const page: Row[] = [];
  let total = 0;
  for await (const row of rows) {
    if (!matches(row)) continue;
    total++;
    if (total > offset && page.length < limit) page.push(row);
    if (!count && page.length >= limit) break;
  }
  return count ? { rows: page, total } : { rows: page };
}

async function sortedPage({ rows }: Source, { matches, sort, offset, limit }: Selection): Promise<Result<Listed>> {
  const found: Row[] = [];
  for await (const row of rows) {
    if (matches(row)) found.push(row);
    if (found.length > MOST_SORTED) {
      return refuse(400, 'too_many_to_sort', `This order would sort more than ${MOST_SORTED} rows`, {
        hint: 'Narrow the filter, or order by created_at.',
      });
    }
  }
  return ok({ rows: sort(found).slice(offset, offset + limit), total: found.length });
}

async function* scheduledRows(organization: OrganizationId): AsyncGenerator<Row> {
  for await (const message of listScheduled(organization, Date.now())) yield messageRow(message, signMedia);
}

async function* seriesRows(organization: OrganizationId): AsyncGenerator<Row> {
  for await (const series of listSeries(organization)) yield seriesRow(series);
}

async function* templateRows(organization: OrganizationId): AsyncGenerator<Row> {
  for await (const template of listTemplates(organization)) yield templateRow(template);
}

async function* libraryRows<S extends Shelf>(
  organization: OrganizationId,
  shelf: S,
  row: (entry: Entry<S>) => Row,
): AsyncGenerator<Row> {
  for await (const entry of listEntries(shelf, organization)) yield row(entry);
}

async function* conversationRows(organization: OrganizationId, selection: Selection): AsyncGenerator<Row> {
  const ids = await conversationIdsOf(organization, selection, 'id');
  const conversations = ids
    ? newestFirst(await findConversations(organization, ids as ConversationId[]))
    : listInbox(organization);
  for await (const conversation of conversations) {
    if (ids || isInInbox(conversation.channel)) yield conversationRow(conversation);
  }
}

function newestFirst<T extends { lastMessageAt: number }>(conversations: T[]): T[] {
  return conversations.toSorted((a, b) => b.lastMessageAt - a.lastMessageAt);
}

async function* contactRows(organization: OrganizationId, { equal }: Selection): AsyncGenerator<Row> {
  const ids = equal('id');
  const contacts = ids
    ? (await findContacts(organization, ids as ContactId[])).toSorted((a, b) => (a.id < b.id ? -1 : 1))
    : listContacts(organization);
  for await (const contact of contacts) yield contactRow(contact);
}

/** Each with how its messages stand: that is read apart, a few at a time. */
async function* broadcastRows(organization: OrganizationId, { equal }: Selection): AsyncGenerator<Row> {
  const ids = equal('id');
  const named = ids && (await Promise.all(ids.map((id) => findBroadcast(organization, id as BroadcastId))));
  const broadcasts = named?.filter((one) => one !== undefined).toSorted((a, b) => (a.id < b.id ? 1 : -1));
  for await (const broadcast of broadcasts ?? listBroadcasts(organization)) yield currentRow(broadcast);
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
