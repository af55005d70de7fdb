import type { Contact, Identity } from '../../domain/contact.ts';
import { identityKey } from '../../domain/contact.ts';
import { contactIdOf } from '../../domain/id.ts';
import type { OrganizationId } from '../../domain/id.ts';
import { mergeContact } from '../../store/contacts.ts';
import { carryOptOuts, dropOptOuts } from '../../store/opt-outs.ts';

/** Who was known by `other` is the person of `first`: what is known of them, and what they asked for, goes over. Answers what they were, if they were two. */
export async function mergePeople(
  organization: OrganizationId,
  other: Identity,
  first: Identity,
): Promise<Contact | undefined> {
  const from = contactIdOf(organization, identityKey(other));
  const into = contactIdOf(organization, identityKey(first));
  await carryOptOuts(organization, from, into);
  const merged = await mergeContact(organization, from, into, Date.now());
  if (merged) await dropOptOuts(organization, from);
  return merged;
}
