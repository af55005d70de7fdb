import { isInInbox } from '../channels/manifests.ts';
import type { OrganizationId } from '../domain/id.ts';
import { refuse, ok } from '../domain/problem.ts';
import type { Result } from '../domain/problem.ts';
import { channelAccountRow, contactRow, conversationRow } from '../domain/rows.ts';
import type { Row } from '../domain/rows.ts';
import { listAccounts } from '../store/channel-accounts.ts';
import { findContacts, listContacts } from '../store/contacts.ts';
import { findConversations, listInbox } from '../store/conversations.ts';
import type { ContactId, ConversationId } from '../domain/id.ts';
import { conversationIdsOf, listMessageRows } from './list-messages.ts';

export type Table = 'messages' | 'conversations' | 'contacts' | 'channel_accounts';

/** What a caller wants of a table. `equal` narrows what is read; `matches` decides. */
export interface Selection {
  /** the values a column must be one of, when the filter says so without `or` or `not` */
  equal: (column: string) => string[] | undefined;
  /** the times (ms) between which a column must lie */
  between: (column: string) => { from?: number; to?: number };
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
    case 'channel_accounts':
      return { rows: accountRows(organization), orderedBy: { column: 'created_at', descending: false } };
  }
}

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

async function* accountRows(organization: OrganizationId): AsyncGenerator<Row> {
  const accounts = await listAccounts(organization);
  yield* accounts.toSorted((a, b) => a.createdAt - b.createdAt).map(channelAccountRow);
}
