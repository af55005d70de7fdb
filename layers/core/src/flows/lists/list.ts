import type { OrganizationId } from '../../domain/id.ts';
import { refuse, ok } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import type { Row } from '../../domain/rows.ts';

type ListRows = (organization: OrganizationId, selection: Selection) => Source;

/** What lists the rows of each table: it is loaded when the table is first asked for. */
const lists = {
  messages: async () => (await import('./messages.ts')).listMessageRows,
  scheduled_messages: async () => (await import('./scheduled.ts')).listScheduledRows,
  series: async () => (await import('./series.ts')).listSeriesRows,
  conversations: async () => (await import('./inbox.ts')).listConversationRows,
  contacts: async () => (await import('./inbox.ts')).listContactRows,
  templates: async () => (await import('./templates.ts')).listTemplateRows,
  message_templates: async () => (await import('./templates.ts')).listMessageTemplateRows,
  quick_replies: async () => (await import('./templates.ts')).listQuickReplyRows,
  opt_outs: async () => (await import('../opt-outs/list.ts')).listOptOutRows,
  links: async () => (await import('../links/list.ts')).listLinkRows,
  organization_settings: async () => (await import('../organization-settings.ts')).listSettingsRows,
  broadcasts: async () => (await import('./broadcasts.ts')).listBroadcastRows,
  channel_accounts: async () => (await import('./accounts.ts')).listAccountRows,
  channel_account_health: async () => (await import('./accounts.ts')).listHealthRows,
  channels: async () => (await import('../accounts/channel-rows.ts')).listChannelRows,
} satisfies Record<string, () => Promise<ListRows>>;

type Table = keyof typeof lists;

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
  const listRows = await lists[table]();
  const source = listRows(organization, selection);
  return isOrdered(source, selection) ? ok(await takePage(source, selection)) : sortedPage(source, selection);
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
