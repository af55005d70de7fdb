import { identityKey } from '../../domain/contact.ts';
import type { Identity } from '../../domain/contact.ts';
import type { ContactId, OrganizationId } from '../../domain/id.ts';
import type { OptOut } from '../../domain/opt-out.ts';
import { optOutRow } from '../../domain/opt-out-row.ts';
import type { Row } from '../../domain/rows.ts';
import { listAccounts } from '../../store/channel-accounts.ts';
import { findContact } from '../../store/contacts.ts';
import { listOptOuts, optOutsOf } from '../../store/opt-outs.ts';
import type { Selection, Source } from '../lists/list.ts';
import { reachedBy } from '../receive/newest-address.ts';

/** Everyone who must not or can't be written to, by id: `id=gt.<the last one>` goes on from there without reading what comes before. */
export function listOptOutRows(organization: OrganizationId, selection: Selection): Source {
  return { rows: rowsOf(organization, selection), orderedBy: { column: 'id', descending: false } };
}

async function* rowsOf(organization: OrganizationId, { equal, above }: Selection): AsyncGenerator<Row> {
  const contacts = equal('contact_id');
  const found = contacts ? ofContacts(organization, contacts as ContactId[]) : listOptOuts(organization, above('id'));
  for await (const optOut of found) yield optOutRow(optOut);
}

/** An identity that is known of no contact yet is found under the contact it would be. What a newer address has taken the place of is nobody's any more. */
async function* ofContacts(organization: OrganizationId, ids: ContactId[]) {
  const accounts = (await listAccounts(organization)).map(({ id }) => id);
  for (const asked of ids.toSorted()) {
    const { id, identities } = (await findContact(organization, asked)) ?? { id: asked, identities: [] };
    const all = await optOutsOf(organization, { id, identities }, accounts);
    for (const each of all) if (isHeld(each, identities)) yield { ...each, contactId: asked };
  }
}

function isHeld({ channel, identity }: OptOut, identities: Identity[]): boolean {
  if (!channel || !identity) return true;
  return reachedBy(channel, identities).some((one) => identityKey(one) === identityKey(identity));
}
