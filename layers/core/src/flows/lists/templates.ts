import type { OrganizationId } from '../../domain/id.ts';
import { messageTemplateRow, quickReplyRow } from '../../domain/library-rows.ts';
import type { Row } from '../../domain/rows.ts';
import { templateRow } from '../../domain/template-row.ts';
import { listEntries } from '../../store/library.ts';
import type { Entry, Shelf } from '../../store/library.ts';
import { listTemplates } from '../../store/templates.ts';
import type { Source } from './list.ts';

/** The providers' templates of all accounts. */
export function listTemplateRows(organization: OrganizationId): Source {
  return { rows: templateRows(organization), orderedBy: { column: 'channel_account_id', descending: false } };
}

export function listMessageTemplateRows(organization: OrganizationId): Source {
  return { rows: libraryRows(organization, 'templates', messageTemplateRow), orderedBy: byCreation };
}

export function listQuickReplyRows(organization: OrganizationId): Source {
  return { rows: libraryRows(organization, 'replies', quickReplyRow), orderedBy: byCreation };
}

const byCreation = { column: 'created_at', descending: false };

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
