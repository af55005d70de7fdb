import type { OrganizationId } from '../../domain/id.ts';
import { isLinkCode } from '../../domain/link-code.ts';
import { linkRow } from '../../domain/link-row.ts';
import type { Row } from '../../domain/rows.ts';
import { findLinksOf } from '../../store/links.ts';
import { findMessage } from '../../store/messages.ts';
import { messagesOf } from '../lists/messages.ts';
import type { Selection, Source } from '../lists/list.ts';

/** Short links by when their messages were made, newest first. They are found through their messages, so a filter that names those reads least. */
export function listLinkRows(organization: OrganizationId, selection: Selection): Source {
  return { rows: rowsOf(organization, selection), orderedBy: { column: 'created_at', descending: true } };
}

async function* rowsOf(organization: OrganizationId, selection: Selection): AsyncGenerator<Row> {
  const codes = selection.equal('id');
  if (codes) {
    yield* rowsNamed(organization, codes);
    return;
  }
  const equal = (column: string) => selection.equal(column === 'id' ? 'message_id' : column);
  for await (const message of messagesOf(organization, { ...selection, equal }, true))
    for (const link of await findLinksOf(message.links ?? [])) yield linkRow(link, message);
}

async function* rowsNamed(organization: OrganizationId, codes: string[]): AsyncGenerator<Row> {
  for (const link of await findLinksOf(codes.filter(isLinkCode))) {
    const message = link.organizationId === organization ? await findMessage(organization, link.messageId) : undefined;
    if (message) yield linkRow(link, message);
  }
}
