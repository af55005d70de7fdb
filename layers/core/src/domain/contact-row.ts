import type { Contact } from './contact.ts';
import { iso } from './rows.ts';
import type { Row } from './rows.ts';

/** A contact as `/rest/v1/contacts` has it. */
export function contactRow(contact: Contact): Row {
  const valueOf = (kind: string) => contact.identities.find((identity) => identity.kind === kind)?.value ?? null;
  return {
    id: contact.id,
    organization_id: contact.organizationId,
    name: contact.name ?? null,
    phone: valueOf('phone'),
    email: valueOf('email'),
    identities: contact.identities,
    merged_into: contact.mergedInto ?? null,
    created_at: iso(contact.createdAt),
    updated_at: iso(contact.updatedAt),
  };
}
