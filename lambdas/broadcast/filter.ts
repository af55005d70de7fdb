import { contactRow } from '@parley/core/domain/contact-row.ts';
import { evaluate } from '@parley/core/edge/postgrest/evaluate.ts';
import { parseQuery } from '@parley/core/edge/postgrest/parse-query.ts';
import { tables } from '@parley/core/edge/tables.ts';
import type { Contact } from '@parley/core/domain/contact.ts';

/** Whether a contact is among those that a query names. It was read when its broadcast was made, so it can be. */
export function contactFilter(query: string): (contact: Contact) => boolean {
  const parsed = parseQuery(query, tables.contacts);
  if (!parsed.ok) throw new Error('the filter of a broadcast can not be read');
  return (contact) => evaluate(parsed.query.filters, contactRow(contact));
}
